//! What the nodes of converted objects are called.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use syncml::dm::Segment;

/// Chooses names, each once among those below one node.
#[derive(Debug, Default)]
pub(crate) struct NodeNames {
    /// In lower case: a device may not tell names apart by case.
    taken: BTreeSet<(String, String)>,
    /// The number that is tried next behind a name that is taken.
    next: BTreeMap<(String, String), u32>,
}

impl NodeNames {
    /// Keeps the name of a node that is there.
    pub(crate) fn reserve(&mut self, root: &str, name: &str) {
        self.taken.insert((String::from(root), name.to_ascii_lowercase()));
    }

    /// The name of a node below `root` after `id`: what an address lets stand there is kept, all else is escaped, and
    /// what is longer than `limit` octets is cut off. If that is taken, a hyphen and a number follow, from 2.
    pub(crate) fn choose(&mut self, root: &str, id: &str, limit: usize) -> String {
        self.first_free(&[root], |octets| escaped(id, limit.saturating_sub(octets)))
    }

    /// The same, where no other node with such a name may have it, wherever it stands.
    pub(super) fn choose_unique(&mut self, root: &str, id: &str, limit: usize) -> String {
        self.first_free(&[root, ANYWHERE], |octets| escaped(id, limit.saturating_sub(octets)))
    }

    /// An identifier that none has that was chosen so before: if `id` is taken, a hyphen and a number follow, from 2.
    pub(super) fn choose_id(&mut self, id: &str) -> String {
        self.first_free(&[ANYWHERE], |_| String::from(id))
    }

    /// The first name that is free below all `roots`: `name` with room left for so many octets of a number.
    fn first_free(&mut self, roots: &[&str], name: impl Fn(usize) -> String) -> String {
        let first = name(0);
        let key = (roots.first().copied().unwrap_or_default().to_string(), first.to_ascii_lowercase());
        if self.take(roots, &first) {
            return first;
        }
        let mut number = self.next.get(&key).copied().unwrap_or(2);
        loop {
            let suffix = format!("-{number}");
            number = number.saturating_add(1);
            let name = format!("{}{suffix}", name(suffix.len()));
            if self.take(roots, &name) || number == u32::MAX {
                self.next.insert(key, number);
                return name;
            }
        }
    }

    /// Takes the name below all `roots`, if it is free there.
    fn take(&mut self, roots: &[&str], name: &str) -> bool {
        let key = |root: &str| (String::from(root), name.to_ascii_lowercase());
        let is_free = !roots.iter().any(|root| self.taken.contains(&key(root)));
        if is_free {
            self.taken.extend(roots.iter().map(|root| key(root)));
        }
        is_free
    }
}

/// Where names stand that no two nodes may have: no address of a node.
const ANYWHERE: &str = "";

/// What the name of a node begins with that has no identifier, where a name is an identifier.
const MADE_UP: char = '~';

/// The name after which a node is called that has no identifier, where a name is an identifier.
pub(super) fn made_up(type_: &str) -> String {
    format!("{MADE_UP}{type_}")
}

/// Whether a name is none that says an identifier.
pub(super) fn is_made_up(name: &str) -> bool {
    name.is_empty() || name.starts_with(MADE_UP)
}

/// The name that a segment of an address says; an empty one, if that is no text.
pub(super) fn unescaped(segment: &str) -> String {
    let mut pieces = segment.split('%');
    let mut name: Vec<u8> = pieces.next().unwrap_or_default().into();
    for piece in pieces {
        let digits = piece.get(..2).filter(|digits| digits.bytes().all(|octet| octet.is_ascii_hexdigit()));
        let octet = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok());
        name.push(octet.unwrap_or(b'%'));
        name.extend(piece.bytes().skip(if octet.is_some() { 2 } else { 0 }));
    }
    String::from_utf8(name).unwrap_or_default()
}

/// As many characters of a name as fit into `limit` octets when they are escaped. What no address holds in whatever
/// form is not in it: control characters, and names that lead elsewhere.
fn escaped(id: &str, limit: usize) -> String {
    let mut length = 0_usize;
    let end = id.char_indices().find(|(_, character)| {
        let octets = match character {
            // escaped only where the whole name is one of these, or two
            '.' | '*' => 1,
            other => Segment::escape(other.encode_utf8(&mut [0; 4])).to_string().len(),
        };
        length = length.saturating_add(octets);
        length > limit
    });
    let kept = end.and_then(|(end, _)| id.get(..end)).unwrap_or(id);
    let mut kept: String = kept.chars().filter(|character| !character.is_ascii_control()).collect();
    if matches!(&*kept, "" | "." | ".." | "*") {
        kept = "_".repeat(kept.len().max(1));
    }
    Segment::escape(&kept).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_escaped_cut_off_and_numbered() {
        let mut names = NodeNames::default();
        for (root, id, expected) in [
            ("./A", "com.example.dm", "com.example.dm"),
            ("./A", "COM.example.dm", "COM.example.dm-2"),
            ("./B", "com.example.dm", "com.example.dm"),
            ("./A", "a/b c", "a%2Fb%20c"),
            ("./A", "0123456789abcdefg", "0123456789abcdef"),
            ("./A", "0123456789abcdefh", "0123456789abcd-2"),
            ("./A", "0123456789abcdefi", "0123456789abcd-3"),
            // no escape is cut into, and no character
            ("./A", "0123456789abcd/x", "0123456789abcd"),
            ("./A", "0123456789abcdé", "0123456789abcd-4"),
            // not even with escapes are these names
            ("./A", "..", "__"),
            ("./A", "*", "_"),
            ("./A", "\t", "_-2"),
            ("./A", "a\u{0}b", "ab"),
        ] {
            assert_eq!(names.choose(root, id, 16), expected, "{root} {id}");
        }
    }

    #[test]
    fn a_name_that_was_escaped_is_the_same() {
        for name in ["a", "..a", "a*", "a/b c", "100%", "%41", "é€", "~x"] {
            assert_eq!(unescaped(&escaped(name, usize::MAX)), name);
        }
        for (segment, name) in [("%", "%"), ("%4", "%4"), ("%4é", "%4é"), ("%+4", "%+4"), ("a%41b", "aAb"), ("%FF", "")]
        {
            assert_eq!(unescaped(segment), name);
        }
    }

    #[test]
    fn a_name_that_is_an_identifier_stands_once() {
        let mut names = NodeNames::default();
        assert_eq!(names.choose("./A", "IMS", 16), "IMS");
        assert_eq!(names.choose_unique("./A", "ims", 16), "ims-2");
        assert_eq!(names.choose_unique("./B", "IMS", 16), "IMS");
        assert_eq!(names.choose_unique("./C", "IMS-2", 16), "IMS-2-2");
        assert_eq!(names.choose_id("a b"), "a b");
        assert_eq!(names.choose_id("A b"), "A b-2");
        assert!(is_made_up(&names.choose(".", &made_up("APPLICATION"), 12)));
        assert!(is_made_up(&names.choose(".", &made_up("APPLICATION"), 12)));
        assert!(!is_made_up("APPLICATION"));
    }
}
