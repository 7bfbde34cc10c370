# What happens to a release between its folder in releases/ and the switch.

# Links what all releases share (.env, uploads) into it. Ends with `shared_conflict` where the release brings its own.
link_shared() {
  local id=$1 release=$base/releases/$1 path up rest
  local -a paths
  if [[ -n ${settings[shared]} ]]; then
    read -ra paths <<<"${settings[shared]}"
  else
    shopt -s dotglob nullglob
    paths=("$base/shared/"*)
    paths=("${paths[@]#"$base/shared/"}")
  fi
  for path in "${paths[@]}"; do
    [[ ! -e $release/$path && ! -L $release/$path ]] || fail_publish shared_conflict "The release holds $path, which is shared."
    up=../..
    rest=$path
    while [[ $rest == */* ]]; do
      up+=/..
      rest=${rest#*/}
    done
    [[ $path != */* ]] || mkdir -p "$release/${path%/*}"
    ln -s -- "$up/shared/$path" "$release/$path" || fail_publish shared_conflict "$path could not be linked."
  done
}

# Installs exactly what the lock files say, in the new folder. What the build already brought (vendor/, node_modules/) is
# left alone when the setting is auto. Ends with `deps_failed`.
install_dependencies() {
  local id=$1 release=$base/releases/$1 tool
  local -a tools
  if [[ ${settings[dependencies]} == auto ]]; then
    detect_dependencies "$release"
  else
    read -ra tools <<<"${settings[dependencies]/#none/}"
  fi
  dependencies="${tools[*]}"
  for tool in "${tools[@]}"; do
    command -v "$tool" >/dev/null || fail_publish deps_failed "$tool is not on the PATH of the server's user."
    (cd "$release" && install_with "$tool") 9>&- </dev/null >>"$state/log/$id.log" 2>&1 && continue
    show_log "$id"
    fail_publish deps_failed "$tool could not install what its lock file says."
  done
}

# Sets `tools` to those whose lock file is there and whose folder is not.
detect_dependencies() {
  tools=()
  [[ -f $1/composer.lock && ! -d $1/vendor ]] && tools+=(composer)
  [[ -d $1/node_modules ]] && return 0
  if [[ -f $1/pnpm-lock.yaml ]]; then
    tools+=(pnpm)
  elif [[ -f $1/package-lock.json || -f $1/npm-shrinkwrap.json ]]; then
    tools+=(npm)
  fi
  return 0
}

install_with() {
  local limit=${settings[dependencies_timeout_s]}
  case $1 in
    composer) timeout "$limit" composer install --no-dev --no-interaction --prefer-dist --optimize-autoloader ;;
    npm) timeout "$limit" npm ci --omit=dev --no-audit --no-fund ;;
    pnpm) timeout "$limit" pnpm install --frozen-lockfile --prod ;;
    *) return 1 ;;
  esac
}

# Nothing in a release changes once it can be live: a rollback must find what was tested.
seal() {
  chmod -R a-w -- "$base/releases/$1"
}

# Ends with `disk_low` below the setting min_free_kb.
require_space() {
  read_free_kb
  ((free_kb >= settings[min_free_kb])) || refuse disk_low "Only $free_kb KB are free." free_kb "$free_kb"
}

# Sets `free_kb`.
read_free_kb() {
  local line=''
  { read -r _ && read -r line; } < <(df -Pk -- "$base" 2>/dev/null)
  read -r _ _ _ free_kb _ <<<"$line"
  [[ ${free_kb-} =~ ^[0-9]+$ ]] || free_kb=0
}
