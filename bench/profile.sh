#!/usr/bin/env bash
# Where the server's CPU goes: sampled by perf while it echoes with one message in flight, and while it sends to 1,000.
#   bench/profile.sh [--seconds S] [--inline]
# Tables go to standard output, as Markdown; progress to standard error. It needs Linux's perf, which may want root.
set -euo pipefail
source "$(dirname "$0")/common.sh"

seconds=4 scheduling=()
while [ $# -gt 0 ]; do
  case $1 in
    --inline) scheduling=(--inline); shift ;;
    --seconds) [[ ${2:-} =~ ^([1-9]|1[0-2])$ ]] || fail "--seconds takes 1 to 12"; seconds=$2; shift 2 ;;
    *) fail "not known: $1; [--seconds S] [--inline]" ;;
  esac
done
need dotnet taskset perf
mkdir -p "$work"
publish Generator generator
publish Server server

message='{"channel":"chat","message":{"user":"alice","text":"hello there, this is a chat message"}}'
name=profile
port=$((20000 + RANDOM % 8000))

# perf's reports end with the symbol; what it stands in is told by the symbol's own name.
shares() {
  perf report -i "$work/perf.data" --no-children -g none --sort dso,symbol 2>/dev/null | awk '
    /^#/ || !NF { next }
    { share = $1 + 0 }
    /kernel|\[k\]/ { kernel += share; next }
    /System_Net_Sockets_|SafeHandle|SocketAsync/ { sockets += share; next }
    /Kestrel|IO_Pipelines|PinnedBlock/ { kestrel += share; next }
    /TypedChannels_(Core_|TypedChannels_|Bench|.*Generated)|TypedChannels_Core/ { own += share; next }
    /libc|vdso/ { libc += share; next }
    { runtime += share }
    END {
      printf "| kernel | %.0f %% |\n| C library, calls of the system | %.0f %% |\n", kernel, libc
      printf "| .NET: sockets | %.0f %% |\n| Kestrel: its transport and pipes | %.0f %% |\n", sockets, kestrel
      printf "| .NET: locks, allocation, collection, interface calls, text | %.0f %% |\n| TypedChannels | %.0f %% |\n", runtime, own
    }'
}

# With all that is called from there, the kernel too.
inside() { # FUNCTION
  perf report -i "$work/perf.data" --children -g none --sort symbol 2>/dev/null |
    awk -v name="$1" '!/^#/ && $4 == name { print $1 + 0 }'
}

sample() { # TITLE generator's arguments
  local title=$1
  shift
  echo "$title" >&2
  taskset -c 1 "$generator" "$@" --ready 1 --pid "$server" --sources 4 >"$work/line" &
  load=$!
  sleep 1
  perf record -q -F 2000 --call-graph fp -p "$server" -o "$work/perf.data" -- sleep "$seconds" >/dev/null 2>&1 || fail "perf failed"
  wait "$load" || fail "the load failed"
  load=''
  echo
  echo "| $title | share of its CPU |"
  echo "|---|---|"
  shares
  printf '| of all, inside `send` / `recv` / `epoll_wait` | %.0f / %.0f / %.0f %% |\n' \
    "$(inside __send)" "$(inside __libc_recv)" "$(inside epoll_wait)"
}

serve 0 "$port" "$work/server/TypedChannels.Bench.Server" --port "$port" "${scheduling[@]}"
time=$((seconds + 2))
generate echo "$port" 100 1 1 "$message" --ready 1
sample "echo, 1 in flight, 100 connections" echo "$port" 100 1 "$time" "$message"
sample "fan-out to 1,000" fan "$port" 1000 "$time" "${message/chat/all}"
end
