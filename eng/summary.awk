# eng/summary.awk - reads the XML results of xunit v3 test programs; prints every skip with its reason, every failure
# with its message, and at last one line: N passed, N failed, N skipped. Ends with 1 if anything failed.
# -v broken=N adds failures that left no result file behind (a program that crashed or was stopped).

# One record per tag. A CDATA section may hold "<" itself, so it is collected over the records up to its "]]>".
BEGIN { RS = "<" }

in_cdata { text = text "<" $0; if (index($0, "]]>")) end_of_cdata(); next }
/^!\[CDATA\[/ { text = $0; in_cdata = 1; if (index($0, "]]>")) end_of_cdata(); next }

/^test[ \n]/ {
  name = attribute("name"); result = attribute("result"); inside = ""
  if (result == "Pass") passed++
  else if (result == "Fail") failed++
  else if (result == "Skip") skipped++
}
/^error[ \n]/ { failed++; name = attribute("type") " " attribute("name") }
/^(reason|message|stack-trace)[ \n>]/ { inside = $0; sub(/[ \n>].*/, "", inside) }

END {
  printf "%s%s", skips, failures
  failed += broken
  printf "%d passed, %d failed, %d skipped\n", passed, failed, skipped
  exit failed > 0
}

function end_of_cdata() {
  in_cdata = 0
  sub(/^!\[CDATA\[/, "", text)
  sub(/\]\]>.*/, "", text)
  text = indented(unescaped(text))
  if (inside == "reason") skips = skips "skipped: " name "\n" text "\n"
  if (inside == "message") failures = failures "FAILED: " name "\n" text "\n"
  if (inside == "stack-trace" && text ~ /[^ \n]/) failures = failures text "\n"
  inside = ""
}

function attribute(name,    value) {
  if (!match($0, "[ \n]" name "=\"")) return ""
  value = substr($0, RSTART + RLENGTH)
  sub(/".*/, "", value)
  gsub(/&lt;/, "<", value); gsub(/&gt;/, ">", value); gsub(/&quot;/, "\"", value); gsub(/&apos;/, "'", value)
  gsub(/&amp;/, "\\&", value)
  return unescaped(value)
}

# The runner writes control characters, quotes and backslashes as C# would.
function unescaped(value) { gsub(/\\"/, "\"", value); gsub(/\\\\/, "\\", value); return value }

function indented(value) { sub(/^\n+/, "", value); gsub(/\n/, "\n      ", value); return "      " value }
