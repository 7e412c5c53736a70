//! A management tree: the description of 585 nodes.

use syncml::dm::Format;
use syncml::dm::mgmt_tree::{AccessType, AccessTypes, DfProperties, MgmtTree, NodeType, Occurrence, Scope};
use wbxml::Text;
use wbxml::vocabulary::dmddf::DM_DDF_1_2;

use super::inline;

/// Eight nodes below each, three deep.
const FAN_OUT: usize = 8;

pub(super) fn tree() -> Vec<u8> {
    let mut paths: Vec<(String, usize)> = Vec::from([(String::from("PoC"), 0)]);
    // each behind the one that it stands below, in the order of the document
    let mut at = 0;
    while let Some((name, depth)) = paths.get(at).cloned() {
        at += 1;
        if depth < 3 {
            let below = (0..FAN_OUT).map(|number| (format!("{name}{number}"), depth + 1));
            let place = at;
            paths.splice(place..place, below);
        }
    }
    let texts: Vec<(String, String, usize)> =
        paths.into_iter().map(|(name, depth)| (format!("value of {name}"), name, depth)).collect();
    let titles: Vec<String> = texts.iter().map(|(_, name, _)| format!("The {name} node")).collect();

    let mut builder = MgmtTree::builder();
    builder.ver_dtd("1.2").man("Example").mod_("PoC");
    let mut open = 0;
    for ((value, name, depth), title) in texts.iter().zip(&titles) {
        for _ in *depth..open {
            builder.end();
        }
        let properties = DfProperties {
            access: AccessTypes::from_iter([AccessType::Get, AccessType::Replace]),
            format: Some(if *depth < 3 { Format::NODE } else { Format::CHR }),
            occurrence: Some(Occurrence::One),
            scope: Some(Scope::Permanent),
            title: Some(Text::new(title)),
            default_value: (*depth == 3).then_some(Text::new(value)),
            ..DfProperties::default()
        };
        builder.start(name).df_properties(&properties, &[NodeType::Mime(Text::new("text/plain"))]);
        open = depth + 1;
    }
    inline(&builder.build(), &DM_DDF_1_2)
}
