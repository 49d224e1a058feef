# usage: check.ps1 [OPTION…]
#
# check.sh for PowerShell: runs it in WSL, or in the container image CONNREF_IMAGE, with the same variables
# and options, and ends as it ends. connref has no native Windows program; where there is neither, it says
# so and ends with 2, could not tell. It was written without a Windows machine to try it on.

$script = Join-Path $PSScriptRoot 'check.sh'
# what check.sh asks of the runners
$variables = Get-ChildItem env: | Where-Object Name -Match '^(GITHUB|BUILD|SYSTEM|CI|GITLAB|CONNREF)_|^TF_BUILD$|^CI$|^GITLAB_CI$' |
  ForEach-Object Name

function Test-Run([scriptblock] $Command) {
  try { & $Command *> $null; return $LASTEXITCODE -eq 0 } catch { return $false }
}

if (Test-Run { sh -c 'command -v connref' }) {
  & sh $script @args
} elseif (Test-Run { wsl --exec sh -lc 'command -v connref' }) {
  $env:WSLENV = (@($env:WSLENV) + ($variables | ForEach-Object { "$_/u" }) | Where-Object { $_ }) -join ':'
  $inside = wsl --exec wslpath -a $script.Replace('\', '/')
  & wsl --exec sh -lc 'exec sh "$0" "$@"' $inside @args
} elseif ($env:CONNREF_IMAGE -and (Test-Run { docker version })) {
  $passed = $variables | ForEach-Object { '--env', $_ }
  & docker run --rm @passed --volume "${PWD}:/repository" --workdir /repository $env:CONNREF_IMAGE `
    sh -c 'git config --global --add safe.directory /repository; exec sh /usr/share/connref/ci/check.sh "$@"' sh @args
} else {
  [Console]::Error.WriteLine('error: could not find connref in WSL, and CONNREF_IMAGE names no image for docker')
  [Console]::Error.WriteLine('hint: check in a job of its own on Linux, ubuntu-latest for example: see pipelines.md in the manual')
  exit 2
}
exit $LASTEXITCODE
