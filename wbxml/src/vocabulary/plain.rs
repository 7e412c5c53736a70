//! Which names and strings stand in XML as they are: what those of all vocabularies here do.

/// Whether these octets are a name of ASCII letters, digits, `.`, `_` and `-` that does not begin like those of the
/// [notation](crate::xml).
pub(super) const fn is_name(name: &[u8]) -> bool {
    let mut rest = match name {
        [b't', b'o', b'k', b'e', b'n', b'-', ..] => return false,
        [b'l', b'i', b't', b'e', b'r', b'a', b'l', b'-', ..] => return false,
        [b'w', b'b', b'x', b'm', b'l', b'-', ..] => return false,
        [b'A'..=b'Z' | b'a'..=b'z' | b'_', rest @ ..] => rest,
        _ => return false,
    };
    while let [octet, more @ ..] = rest {
        if !matches!(octet, b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'.' | b'_' | b'-') {
            return false;
        }
        rest = more;
    }
    true
}

/// The same for an attribute, which does not begin with `xml` either (XML 1.0, 2.3): what does may be a declaration.
pub(super) const fn is_attribute_name(name: &[u8]) -> bool {
    !matches!(name, [b'x', b'm', b'l', ..]) && is_name(name)
}

/// Whether these octets are ASCII of which XML escapes nothing.
pub(super) const fn is_value(value: &[u8]) -> bool {
    let mut rest = value;
    while let [octet, more @ ..] = rest {
        if !matches!(octet, b' '..=b'~') || matches!(octet, b'"' | b'&' | b'<' | b'>') {
            return false;
        }
        rest = more;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_mean_something_else() {
        for (name, is_plain) in [
            ("name", true),
            ("wap-provisioningdoc", true),
            ("_a.1", true),
            ("", false),
            ("1a", false),
            ("a:b", false),
            ("a b", false),
            ("caf\u{E9}", false),
            ("xml", true),
            ("token-00-05", false),
            ("literal-a", false),
            ("wbxml-opaque", false),
            ("token", true),
        ] {
            assert_eq!(is_name(name.as_bytes()), is_plain, "{name}");
        }
        assert!(is_attribute_name(b"name") && !is_attribute_name(b"xmlns"));
    }

    #[test]
    fn values_with_something_to_escape() {
        for (value, is_plain) in
            [("", true), ("http://www. ~'", true), ("a\tb", false), ("\u{7F}", false), ("\u{E9}", false), ("<", false)]
        {
            assert_eq!(is_value(value.as_bytes()), is_plain, "{value:?}");
        }
        assert!(![">", "&", "\"", "\u{FFFC}"].iter().any(|value| is_value(value.as_bytes())));
    }
}
