# The team's settings, .deploy/config; read as words, never run.

declare -gA branch_of=() is_production=()
records=own

# Ends with `usage` where a line is none of ours: a misspelt one must not be skipped.
read_config() {
  local line word name branch kind more
  while IFS= read -r line || [[ -n $line ]]; do
    read -r word name branch kind more <<<"$line"
    case $word in
      '' | '#'*) ;;
      environment)
        is_environment_name "$name" && is_branch_name "$branch" && [[ $kind =~ ^(production)?$ && -z $more ]] ||
          answer usage ".deploy/config has a line that is none: $line"
        branch_of[$name]=$branch
        is_production[$name]=$([[ $kind == production ]] && echo true || echo false)
        ;;
      records)
        [[ $name =~ ^(own|automatic)$ && -z $branch ]] || answer usage ".deploy/config has a line that is none: $line"
        records=$name
        ;;
      *) answer usage ".deploy/config has a line that is none: $line" ;;
    esac
  done <"${lib%/*}/config"
}

# Sets `environment`, `branch` and `production` from ENVIRONMENT, or ends with `unknown_environment`.
require_environment() {
  read_config
  environment=${ENVIRONMENT-}
  is_environment_name "$environment" && [[ -n ${branch_of[$environment]-} ]] ||
    answer unknown_environment "There is no such environment in .deploy/config; it knows: ${!branch_of[*]}."
  branch=${branch_of[$environment]}
  production=${is_production[$environment]}
}

is_environment_name() {
  [[ $1 =~ ^[A-Za-z0-9][A-Za-z0-9_.-]{0,99}$ ]]
}

is_branch_name() {
  [[ $1 =~ ^[A-Za-z0-9_][A-Za-z0-9_./-]{0,199}$ && $1 != *..* && $1 != *//* ]]
}
