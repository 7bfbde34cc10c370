# A folder for this one call of a script, out of reach of others, and gone with it: keys and answers lie in it.

scratch=$(umask 077 && mktemp -d "${RUNNER_TEMP:-/tmp}/deploy.XXXXXX") || exit 70
readonly scratch
scratch_in_memory=''
trap 'rm -rf -- "$scratch" ${scratch_in_memory:+"$scratch_in_memory"}' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
