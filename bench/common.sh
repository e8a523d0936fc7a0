# What the measurements share; sourced. The server's output and all that is built goes to artifacts/bench.
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
work=$root/artifacts/bench
generator=$work/generator/TypedChannels.Bench.Generator
name='' server='' load=''

fail() { echo "${0##*/}: $*" >&2; exit 1; }

need() { # TOOL…
  local tool
  for tool in "$@"; do command -v "$tool" >/dev/null || fail "$tool is needed"; done
  [ "$(nproc)" -ge 2 ] || fail "it takes two cores"
  ulimit -n "$(ulimit -Hn)"
}

stop() { # PID: asks it to end, and makes it after five seconds
  kill "$1" 2>/dev/null || return 0
  for _ in {1..50}; do
    kill -0 "$1" 2>/dev/null || break
    sleep 0.1
  done
  kill -KILL "$1" 2>/dev/null || true
  wait "$1" 2>/dev/null || true
}
finish() {
  [ -z "$load" ] || stop "$load"
  [ -z "$server" ] || stop "$server"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

publish() { # PROJECT FOLDER
  echo "building $1" >&2
  dotnet publish "$root/bench/$1" -c Release -o "$work/$2" --disable-build-servers -nologo -v quiet >"$work/$2.log" 2>&1 ||
    { tail -n 20 "$work/$2.log" >&2; fail "bench/$1 does not build"; }
}

serve() { # CORES PORT COMMAND…: starts a server, and waits until it listens; leaves the figures of that in $line
  local cores=$1 port=$2 since
  shift 2
  since=$(date +%s%N)
  taskset -c "$cores" "$@" >"$work/$name.log" 2>&1 &
  server=$!
  generate listening "$port" "$since"
  kill -0 "$server" 2>/dev/null || { tail -n 5 "$work/$name.log" >&2; fail "$name does not run; is port $port taken?"; }
}

end() {
  stop "$server"
  server=''
}

generate() { # the generator's arguments; leaves its figures in $line
  taskset -c 1 "$generator" "$@" >"$work/line" &
  load=$!
  wait "$load" || { tail -n 5 "$work/$name.log" >&2; fail "$name: the measurement '$1' failed"; }
  load=''
  line=$(<"$work/line")
}
