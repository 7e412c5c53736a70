//! Nodes that are written.

use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

use syncml::dm::Format;
use syncml::dm::mgmt_tree::{MgmtTree, NodeType, RtProperties};
use wbxml::Text;

/// The nodes of management objects, the instances at the top.
#[derive(Clone, Debug, Default)]
pub(super) struct Nodes {
    nodes: Vec<Node>,
    tops: Vec<usize>,
    /// The node of a name below another.
    below: BTreeMap<(usize, String), usize>,
}

#[derive(Clone, Debug)]
struct Node {
    name: String,
    above: Option<usize>,
    content: Content,
    children: Vec<usize>,
}

#[derive(Clone, Debug)]
enum Content {
    /// An object: the node above it, its identifier and its access control list.
    Instance {
        root: String,
        object_id: Option<String>,
        acl: Option<String>,
    },
    Interior,
    Leaf {
        format: Format<'static>,
        value: String,
    },
}

impl Nodes {
    /// Adds an instance of an object.
    pub(super) fn instance(&mut self, root: &str, name: String, object_id: Option<&str>, acl: Option<String>) -> usize {
        let content = Content::Instance { root: root.into(), object_id: object_id.map(String::from), acl };
        let index = self.push(name, None, content);
        self.tops.push(index);
        index
    }

    /// How many nodes there are.
    pub(super) fn count(&self) -> usize {
        self.nodes.len()
    }

    /// The name of the node.
    pub(super) fn name(&self, index: usize) -> &str {
        self.nodes.get(index).map_or("", |node| &node.name)
    }

    /// Takes away all nodes but the first `count`, none of them an instance.
    pub(super) fn truncate(&mut self, count: usize) {
        while self.nodes.len() > count {
            let Some(Node { name, above: Some(above), .. }) = self.nodes.pop() else { return };
            self.below.remove(&(above, name));
            if let Some(node) = self.nodes.get_mut(above) {
                node.children.pop();
            }
        }
    }

    /// The interior node at `path` below the node: a new one for a segment `*`, else the one that is there or a new one.
    pub(super) fn interior(&mut self, mut index: usize, path: &str) -> usize {
        for segment in path.split('/').filter(|segment| !segment.is_empty()) {
            index = self.child(index, segment, || Content::Interior);
        }
        index
    }

    /// Adds the leaf at `path` below the node, unless there is one: then it says so.
    pub(super) fn leaf(&mut self, index: usize, path: &str, format: Format<'static>, value: &str) -> bool {
        let (above, name) = path.rsplit_once('/').unwrap_or(("", path));
        let index = self.interior(index, above);
        let count = self.count();
        self.child(index, name, || Content::Leaf { format, value: value.into() });
        self.count() > count
    }

    fn child(&mut self, above: usize, segment: &str, content: impl FnOnce() -> Content) -> usize {
        let name = match segment {
            "*" => {
                let count = self.nodes.get(above).map_or(0, |node| node.children.len());
                alloc::format!("{}", count.saturating_add(1))
            }
            name => name.into(),
        };
        if let Some(index) = self.below.get(&(above, name.clone())) {
            return *index;
        }
        let index = self.push(name.clone(), Some(above), content());
        if let Some(node) = self.nodes.get_mut(above) {
            node.children.push(index);
        }
        self.below.insert((above, name), index);
        index
    }

    fn push(&mut self, name: String, above: Option<usize>, content: Content) -> usize {
        self.nodes.push(Node { name, above, content, children: Vec::new() });
        self.nodes.len().saturating_sub(1)
    }

    /// The nodes as a tree.
    pub(super) fn tree(&self) -> MgmtTree<'_> {
        let mut builder = MgmtTree::builder();
        // what is to come at each level
        let mut open = Vec::from([self.tops.iter()]);
        while let Some(level) = open.last_mut() {
            let Some(node) = level.next().and_then(|index| self.nodes.get(*index)) else {
                open.pop();
                builder.end();
                continue;
            };
            builder.start(&node.name);
            let mut properties = RtProperties { format: Some(Format::NODE), ..RtProperties::default() };
            match &node.content {
                Content::Instance { root, object_id, acl } => {
                    builder.path(root);
                    properties.type_ = object_id.as_deref().map(|id| NodeType::DdfName(Text::new(id)));
                    properties.acl = acl.as_deref().map(Text::new);
                    builder.rt_properties(&properties);
                }
                Content::Interior => _ = builder.rt_properties(&properties),
                Content::Leaf { format, value } => {
                    properties.format = Some(*format);
                    let is_text = *format != Format::B64;
                    properties.type_ = is_text.then_some(NodeType::Mime(Text::new("text/plain")));
                    builder.rt_properties(&properties).value(value);
                }
            }
            open.push(node.children.iter());
        }
        builder.build()
    }
}
