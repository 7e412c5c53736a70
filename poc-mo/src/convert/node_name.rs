//! What the nodes of converted objects are called.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::format;
use alloc::string::{String, ToString};

use syncml::dm::Segment;

/// Chooses names, each once among those below one node.
#[derive(Debug, Default)]
pub(super) struct NodeNames {
    /// In lower case: a device may not tell names apart by case.
    taken: BTreeSet<(String, String)>,
    /// The number that is tried next behind a name that is taken.
    next: BTreeMap<(String, String), u32>,
}

impl NodeNames {
    /// The name of a node below `root` after `id`: what an address lets stand there is kept, all else is escaped, and
    /// what is longer than `limit` octets is cut off. If that is taken, a hyphen and a number follow, from 2.
    pub(super) fn choose(&mut self, root: &str, id: &str, limit: usize) -> String {
        let first = escaped(id, limit);
        let key = (String::from(root), first.to_ascii_lowercase());
        if self.taken.insert(key.clone()) {
            return first;
        }
        let mut number = self.next.get(&key).copied().unwrap_or(2);
        loop {
            let suffix = format!("-{number}");
            number = number.saturating_add(1);
            let name = format!("{}{suffix}", escaped(id, limit.saturating_sub(suffix.len())));
            if self.taken.insert((String::from(root), name.to_ascii_lowercase())) || number == u32::MAX {
                self.next.insert(key, number);
                return name;
            }
        }
    }
}

/// As many characters of a name as fit into `limit` octets when they are escaped.
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
    Segment::escape(kept).to_string()
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
            ("./A", "..", "%2E%2E"),
        ] {
            assert_eq!(names.choose(root, id, 16), expected, "{root} {id}");
        }
    }
}
