# The next version, from the newest final tag before a commit and the Conventional Commits since.

# A final version. One with zeros in front, as dates have, is none of semver, and no number to bash.
readonly final_version='^v(0|[1-9][0-9]{0,8})\.(0|[1-9][0-9]{0,8})\.(0|[1-9][0-9]{0,8})$'

# Sets `next_version` for a commit. Versions in `taken` and those of existing tags are passed over: a number is never used twice.
declare -gA taken=()
find_next_version() {
  local sha=$1 base major minor patch
  base=$(git tag --merged "$sha" --list 'v*' --sort=-v:refname | grep -E "$final_version" | head -n 1)
  if [[ -z $base ]]; then
    major=1 minor=0 patch=0
  else
    IFS=. read -r major minor patch <<<"${base#v}"
    find_bump "$base..$sha"
    case $bump in
      major) major=$((major + 1)) minor=0 patch=0 ;;
      minor) minor=$((minor + 1)) patch=0 ;;
      *) patch=$((patch + 1)) ;;
    esac
  fi
  while [[ -n ${taken[v$major.$minor.$patch]-} ]] || git rev-parse -q --verify "refs/tags/v$major.$minor.$patch" >/dev/null; do
    patch=$((patch + 1))
  done
  next_version=v$major.$minor.$patch
}

# Sets `bump` to major, minor or patch (conventionalcommits.org 1.0.0). Only the header line says the type; a deploy without
# any type needs a version too, so patch is the least.
find_bump() {
  local commit header type breaking=$'\nBREAKING[ -]CHANGE: '
  bump='patch'
  while IFS= read -r -d '' commit; do
    header=${commit%%$'\n'*}
    [[ $header =~ ^([A-Za-z]+)(\([^()]*\))?(!?):\  ]] || continue
    type=${BASH_REMATCH[1],,}
    if [[ -n ${BASH_REMATCH[3]} || $commit =~ $breaking ]]; then
      bump='major'
      return 0
    fi
    [[ $type != feat ]] || bump='minor'
  done < <(git log -z --format=%B "$1")
}

# Sets `final_tag` to the highest final version tag that stands on a commit; empty when there is none.
find_final_tag() {
  final_tag=$(git tag --points-at "$1" --list 'v*' --sort=-v:refname | grep -E "$final_version" | head -n 1)
}

# Ends with `shallow`: without the whole history the versions would begin again.
require_whole_history() {
  [[ $(git rev-parse --is-shallow-repository) == false ]] || answer shallow 'This is a shallow clone. Check out with fetch-depth: 0.'
}
