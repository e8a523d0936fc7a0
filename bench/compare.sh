#!/usr/bin/env bash
# One server after the other under the same load: the server on core 0, the generator on core 1.
#   bench/compare.sh [--rounds R] [--seconds S] [--only NAME[,NAME…]]
# Tables go to standard output, as Markdown; progress to standard error. README.md says what they mean.
set -euo pipefail

source "$(dirname "$0")/common.sh"
peers=$root/bench/Peers
servers=(inline default bun ws socketio signalr)
rounds=5 seconds=4

while [ $# -gt 0 ]; do
  [ $# -ge 2 ] || fail "$1 takes a value: [--rounds R] [--seconds S] [--only NAME[,NAME…]] (${servers[*]})"
  case $1 in
    --rounds) [[ $2 =~ ^[1-9][0-9]?$ ]] || fail "--rounds takes 1 to 99"; rounds=$2 ;;
    --seconds) [[ $2 =~ ^([1-9]|1[0-4])$ ]] || fail "--seconds takes 1 to 14"; seconds=$2 ;;
    --only)
      IFS=, read -ra wanted <<<"$2"
      for name in "${wanted[@]}"; do [[ " ${servers[*]} " == *" $name "* ]] || fail "no server $name, but ${servers[*]}"; done
      servers=("${wanted[@]}") ;;
    *) fail "not known: $1" ;;
  esac
  shift 2
done
need dotnet node npm taskset

has() { [[ " ${servers[*]} " == *" $1 "* ]]; }

prepare() {
  mkdir -p "$work"
  publish Generator generator
  if has inline || has default; then publish Server server; fi
  if has signalr; then publish Peers/SignalR signalr; fi
  if has bun || has ws || has socketio; then
    echo "installing the peers" >&2
    npm ci --no-audit --no-fund --loglevel error --prefix "$peers" >&2
  fi
}

# How each is started, and what it wants to hear; the work is the same.
describe() { # NAME PORT
  local user='{"user":"alice","text":"hello there, this is a chat message"}'
  chat="{\"channel\":\"chat\",\"message\":$user}"
  all="{\"channel\":\"all\",\"message\":$user}"
  options=(--ready 1)
  case $1 in
    inline) command=("$work/server/TypedChannels.Bench.Server" --port "$2" --inline) ;;
    default) command=("$work/server/TypedChannels.Bench.Server" --port "$2") ;;
    bun) command=("$peers/node_modules/bun/bin/bun.exe" "$peers/bun.js" "$2") ;;
    ws) command=(node "$peers/ws.js" "$2") ;;
    socketio)
      command=(node "$peers/socketio.js" "$2")
      chat="42[\"chat\",$user]" all="42[\"all\",$user]"
      options=(--path '/socket.io/?EIO=4&transport=websocket' --hello 40 --ready 2) ;;
    signalr)
      command=("$work/signalr/TypedChannels.Bench.SignalR" "$2")
      chat="{\"type\":1,\"target\":\"Chat\",\"arguments\":[$user]}" all="{\"type\":1,\"target\":\"All\",\"arguments\":[$user]}"
      options=(--path /hub --hello '{"protocol":"json","version":1}' --ready 1 --record-separator) ;;
  esac
}

record() { # NAME PREFIX
  local pair
  for pair in $line; do echo "$1,$2${pair%%=*},${pair#*=}" >>"$work/results.csv"; done
}

measure() { # NAME PORT
  local name=$1 port=$2
  describe "$name" "$port"
  serve 0 "$port" "${command[@]}"
  record "$name" ''
  options+=(--pid "$server" --sources 4)

  # What a first connection costs once is not what 5,000 cost.
  generate idle "$port" 10 0.1 "${options[@]}"
  sleep 0.3
  generate idle "$port" 5000 1 "${options[@]}"
  record "$name" idle_
  generate echo "$port" 100 4 1.5 "$chat" "${options[@]}"
  generate echo "$port" 100 1 "$seconds" "$chat" "${options[@]}"
  record "$name" echo1_
  generate echo "$port" 100 16 "$seconds" "$chat" "${options[@]}"
  record "$name" echo16_
  generate fan "$port" 1000 "$seconds" "$all" "${options[@]}"
  record "$name" fan_
  end
}

version() { node -p "require('$peers/node_modules/$1/package.json').version"; }

describe_run() {
  local text cpu runtime
  cpu=$(sed -n '/^model name/{s/.*: //p;q}' /proc/cpuinfo)
  runtime=$(dotnet --list-runtimes | sed -n 's/^Microsoft.AspNetCore.App \(10[^ ]*\).*/\1/p' | tail -n 1)
  text="Medians; rounds: $rounds, seconds a measurement: $seconds; on $(date +'%-d %B %Y')"
  text+="; $cpu, Linux $(uname -r), .NET $runtime"
  if has ws || has socketio; then text+=", Node $(node -p process.versions.node)"; fi
  if has bun; then text+=", Bun $(version bun)"; fi
  if has ws; then text+=", ws $(version ws)"; fi
  if has socketio; then text+=", Socket.IO $(version socket.io)"; fi
  echo "$text."
}

prepare
: >"$work/results.csv"
port=$((20000 + RANDOM % 8000))
for ((round = 1; round <= rounds; round++)); do
  for name in "${servers[@]}"; do
    echo "round $round of $rounds: $name" >&2
    measure "$name" $((port++))
  done
done
describe_run
echo
"$generator" tables "$work/results.csv"
