//! Documents in a line, for tables of tests: `@1.0 NAPDEF{ NAPID=NAP1 INTERNET VALIDITY{ COUNTRY=228 } }`.

use omacp::ProvisioningDoc;

/// The document of a line: words `@VERSION`, `TYPE{`, `NAME=VALUE`, `FLAG` and `}`.
pub(crate) fn document(line: &str) -> ProvisioningDoc<'_> {
    let mut builder = ProvisioningDoc::builder();
    for word in line.split_whitespace() {
        if let Some(version) = word.strip_prefix('@') {
            builder.version(version);
        } else if word == "}" {
            builder.end();
        } else if let Some((name, value)) = word.split_once('=') {
            builder.parm(name, value);
        } else if let Some(type_) = word.strip_suffix('{') {
            builder.start(type_);
        } else {
            builder.flag(word);
        }
    }
    builder.build()
}
