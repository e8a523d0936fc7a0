#!/usr/bin/env bash
# What a message costs the server as connections become more, on one core and on two.
#   bench/scale.sh [--rounds R] [--seconds S] [--connections N[,N…]] [--inline]
# A table goes to standard output, as Markdown; progress to standard error. README.md says what it means.
set -euo pipefail
source "$(dirname "$0")/common.sh"

rounds=3 seconds=4 counts=(100 1000 10000 15000) scheduling=()
while [ $# -gt 0 ]; do
  if [ "$1" = --inline ]; then
    scheduling=(--inline)
    shift
    continue
  fi
  [ $# -ge 2 ] || fail "$1 takes a value: [--rounds R] [--seconds S] [--connections N[,N…]] [--inline]"
  case $1 in
    --rounds) [[ $2 =~ ^[1-9][0-9]?$ ]] || fail "--rounds takes 1 to 99"; rounds=$2 ;;
    --seconds) [[ $2 =~ ^([1-9]|1[0-4])$ ]] || fail "--seconds takes 1 to 14"; seconds=$2 ;;
    --connections) [[ $2 =~ ^[1-9][0-9]{0,4}(,[1-9][0-9]{0,4})*$ ]] || fail "--connections takes numbers"; IFS=, read -ra counts <<<"$2" ;;
    *) fail "not known: $1" ;;
  esac
  shift 2
done
need dotnet taskset
mkdir -p "$work"
publish Generator generator
publish Server server

message='{"channel":"chat","message":{"user":"alice","text":"hello there, this is a chat message"}}'
results=$work/scale.csv
: >"$results"

record() { # KEY PREFIX
  local pair
  for pair in $line; do echo "$1,$2${pair%%=*},${pair#*=}" >>"$results"; done
}

median() { # KEY MEASURE
  sed -n "s/^$1,$2,//p" "$results" | sort -g | awk '{ v[NR] = $1 } END { print (v[int((NR + 1) / 2)] + v[int(NR / 2) + 1]) / 2 }'
}

port=$((20000 + RANDOM % 8000))
for ((round = 1; round <= rounds; round++)); do
  for cores in 0 0,1; do
    for count in "${counts[@]}"; do
      echo "round $round of $rounds: cores $cores, $count connections" >&2
      name=scale key=${cores/,/+}-$count
      serve "$cores" "$port" "$work/server/TypedChannels.Bench.Server" --port "$port" "${scheduling[@]}"
      options=(--ready 1 --pid "$server" --sources 4)
      generate echo "$port" "$count" 1 1 "$message" "${options[@]}"
      generate echo "$port" "$count" 1 "$seconds" "$message" "${options[@]}"
      record "$key" echo_
      generate fan "$port" "$count" "$seconds" "${message/chat/all}" "${options[@]}"
      record "$key" fan_
      end
      port=$((port + 1))
    done
  done
done
echo "| server's cores | connections | echo, 1 in flight: messages/s | CPU an echo, µs | fan-out: messages/s | CPU a receiver, µs | to the last receiver, p50, ms |"
echo "|---|---|---|---|---|---|---|"
for cores in 0 0,1; do
  for count in "${counts[@]}"; do
    key=${cores/,/+}-$count
    printf "| %s | %d | %.0f | %.2f | %.0f | %.2f | %.1f |\n" $((${#cores} / 2 + 1)) "$count" \
      "$(median "$key" echo_messages_per_s)" "$(median "$key" echo_cpu_us_per_message)" \
      "$(median "$key" fan_messages_per_s)" "$(median "$key" fan_cpu_us_per_message)" "$(median "$key" fan_p50_ms)"
  done
done
