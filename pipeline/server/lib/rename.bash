# Changing a name in one step. `mv` without -T moves into the folder that a link points to; BusyBox's and BSD's `mv` and `ln`
# may take the old name away before they make the new one. So: GNU's `mv -T`, else Python's os.replace, else nothing at all.

# Sets `rename_with` to "mv -T", "python3" or "none".
find_rename() {
  [[ -z ${rename_with-} ]] || return 0
  local version
  version=$(mv --version 2>/dev/null)
  if [[ $version == *'GNU coreutils'* ]]; then
    rename_with='mv -T'
  elif command -v python3 >/dev/null; then
    rename_with=python3
  else
    rename_with=none
  fi
}

# Ends with `not_atomic` where no atomic rename is at hand, or where `current` is not a link that can be replaced.
require_atomic_rename() {
  find_rename
  [[ $rename_with != none ]] ||
    refuse not_atomic 'The mv of this system (BusyBox or BSD) does not replace a link atomically: install GNU coreutils or python3.'
  [[ -L $base/current || ! -e $base/current ]] ||
    refuse not_atomic "$base/current is not a link. Move it away; relctl makes it."
}

# rename(2): afterwards `to` is what `from` was; at no instant is there no `to` where there was one.
rename_over() {
  find_rename
  case $rename_with in
    'mv -T') mv -fT -- "$1" "$2" ;;
    python3) python3 -I -c 'import os, sys; os.replace(sys.argv[1], sys.argv[2])' "$1" "$2" ;;
    *) return 1 ;;
  esac
}

# Makes a release the live one.
switch_to() {
  local next=$state/current.next
  rm -f -- "$next" && ln -s -- "releases/$1" "$next" && rename_over "$next" "$base/current"
}

# Sets `live` to the id of the release that `current` points to; empty when there is none.
read_live() {
  live=''
  [[ -L $base/current ]] || return 0
  live=$(readlink -- "$base/current")
  live=${live%/}
  live=${live##*/}
}

# Ends with `stale_expectation` unless what is live is what the caller believes to be live.
require_expected() {
  [[ $1 == any || $1 == "${live:-none}" ]] && return 0
  json_text "${live:-none}"
  refuse stale_expectation "Live is ${live:-none}, not $1." current "$REPLY"
}
