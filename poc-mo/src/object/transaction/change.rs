//! `Add`, `Replace`, `Delete` and `Copy`.

use alloc::borrow::Cow;
use alloc::boxed::Box;
use alloc::string::{String, ToString};
use alloc::sync::Arc;
use alloc::vec::Vec;

use syncml::dm::mgmt_tree::{AccessType, DfProperties, Node, NodeType, Place, RtProperties, Scope, TndsObject, Value};
use syncml::dm::{
    Acl, AclBuilder, AclCommand, Format, NodeKind, Property, PropertyErrorKind, PropertyValue, Query, Uri,
    may_replace_acl,
};
use syncml::{Item, Request, StatusCode};
use wbxml::{Data, Limits, Text};

use super::Transaction;
use crate::form::is_text;
use crate::object::name::Name;
use crate::object::store::{Sender, default_type, spelled};
use crate::object::tree::{Content, Tree};

/// How far an address leads: the last node that is there, and the names that are missing, the first one last.
pub(super) struct Spot {
    pub(super) node: usize,
    missing: Vec<Name>,
}

/// What a node is to hold: where nothing is said, it depends.
#[derive(Default)]
pub(super) struct Wanted<'a> {
    format: Option<Cow<'a, str>>,
    type_: Option<Cow<'a, str>>,
    pub(super) value: Option<Cow<'a, [u8]>>,
    acl: Option<Cow<'a, str>>,
    title: Option<Cow<'a, str>>,
}

impl Wanted<'_> {
    pub(super) const INTERIOR: Self =
        Wanted { format: Some(Cow::Borrowed("node")), type_: None, value: None, acl: None, title: None };
}

impl<'d> Transaction<'_, 'd> {
    pub(super) fn add(&mut self, uri: Uri<'_>, request: &Request<'_>, item: &Item<'_>) -> Result<(), StatusCode> {
        if uri.query().is_some() {
            return Err(StatusCode::COMMAND_NOT_ALLOWED);
        }
        let object = in_item(item, request)?;
        if let Some(object) = object {
            let tree = object.tree(Limits::DEFAULT).map_err(|_| StatusCode::UNSUPPORTED_MEDIA_TYPE_OR_FORMAT)?;
            return self.plant(uri, &tree).map_err(|(_, status)| status);
        }
        if self.is_in_inbox(uri) {
            // nobody can tell which object a node alone is of
            return Err(StatusCode::COMMAND_NOT_ALLOWED);
        }
        let mut spot = self.spot(uri)?;
        let wanted = self.wanted(request, item)?;
        if spot.missing.is_empty() {
            let above = self.store.tree.get(spot.node).map_or(Tree::ROOT, |node| node.above());
            self.permit(above, &[AclCommand::ADD])?;
            return Err(StatusCode::ALREADY_EXISTS);
        }
        self.permit(spot.node, &[AclCommand::ADD])?;
        let name = spot.missing.remove(0);
        let above = self.make_all(spot)?;
        self.insert(above, &name, wanted).map(drop)
    }

    pub(super) fn replace(&mut self, uri: Uri<'_>, request: &Request<'_>, item: &Item<'_>) -> Result<(), StatusCode> {
        match uri.query() {
            _ if self.is_in_inbox(uri) => return Err(StatusCode::COMMAND_NOT_ALLOWED),
            Some(Query::Prop(property)) => return self.replace_property(uri, property, item),
            Some(Query::UnknownProp(_)) => return Err(StatusCode::OPTIONAL_FEATURE_NOT_SUPPORTED),
            Some(_) => return Err(StatusCode::COMMAND_NOT_ALLOWED),
            None => {}
        }
        let node = self.may(uri, AclCommand::REPLACE, AccessType::Replace)?;
        if let Some(object) = in_item(item, request)? {
            let tree = object.tree(Limits::DEFAULT).map_err(|_| StatusCode::UNSUPPORTED_MEDIA_TYPE_OR_FORMAT)?;
            let below: Vec<usize> = self.store.tree.get(node).into_iter().flat_map(|node| node.below()).collect();
            below.into_iter().for_each(|node| self.store.tree.remove(node));
            return self.put(node, uri, &tree).map_err(|(_, status)| status);
        }
        let wanted = self.wanted(request, item)?;
        self.set(node, wanted)
    }

    pub(super) fn delete(&mut self, uri: Uri<'_>) -> Result<(), StatusCode> {
        if uri.query().is_some() || uri.is_root() || self.is_in_inbox(uri) {
            return Err(StatusCode::COMMAND_NOT_ALLOWED);
        }
        let node = self.may(uri, AclCommand::DELETE, AccessType::Delete)?;
        if self.is_server() && self.is_permanent(node) {
            return Err(StatusCode::COMMAND_NOT_ALLOWED);
        }
        self.store.tree.remove(node);
        Ok(())
    }

    /// Copies the value of a leaf; what is there is overwritten.
    pub(super) fn copy(&mut self, target: Uri<'_>, item: &Item<'_>) -> Result<(), StatusCode> {
        let source = item.source.and_then(|source| source.uri).ok_or(StatusCode::INCOMPLETE_COMMAND)?;
        item.target.and_then(|target| target.uri).ok_or(StatusCode::INCOMPLETE_COMMAND)?;
        let source = self.read(source)?;
        let source = self.uri(&source)?;
        if source.query().is_some() || target.query().is_some() || self.is_in_inbox(target) {
            return Err(StatusCode::COMMAND_NOT_ALLOWED);
        }
        let from = self.may(source, AclCommand::GET, AccessType::Get)?;
        let content = self.store.tree.get(from).map(|node| &node.content).ok_or(StatusCode::NOT_FOUND)?;
        if content.kind() == NodeKind::Interior {
            return Err(StatusCode::COMMAND_NOT_ALLOWED);
        }
        let octets = content.value.len();
        self.take(octets)?;
        let mut spot = self.spot(target)?;
        self.permit(spot.node, &AclCommand::FOR_COPY)?;
        let Content { format, type_, value, .. } =
            self.store.tree.get(from).map(|node| node.content.clone()).ok_or(StatusCode::NOT_FOUND)?;
        let wanted = Wanted {
            format: Some(Cow::Owned(format.into())),
            type_: Some(Cow::Owned(type_.into())).filter(|type_: &Cow<'_, str>| !type_.is_empty()),
            value: Some(Cow::Borrowed(&value)),
            ..Wanted::default()
        };
        if spot.missing.is_empty() {
            let place = self.store.tree.get(spot.node).and_then(|node| node.place);
            self.permit_access(place, AccessType::Replace)?;
            return self.set(spot.node, wanted);
        }
        let name = spot.missing.remove(0);
        let above = self.make_all(spot)?;
        self.insert(above, &name, wanted).map(drop)
    }

    pub(super) fn spot(&self, uri: Uri<'_>) -> Result<Spot, StatusCode> {
        let mut segments = uri.segments();
        let mut node = Tree::ROOT;
        let mut missing = Vec::new();
        for segment in segments.by_ref() {
            match self.store.child(node, segment) {
                Some(child) => node = child,
                None => {
                    missing.push(Name::of(segment).ok_or(StatusCode::NOT_FOUND)?);
                    break;
                }
            }
        }
        for segment in segments {
            missing.push(Name::of(segment).ok_or(StatusCode::NOT_FOUND)?);
        }
        missing.reverse();
        Ok(Spot { node, missing })
    }

    /// Makes the interior nodes that are missing.
    pub(super) fn make_all(&mut self, mut spot: Spot) -> Result<usize, StatusCode> {
        while let Some(name) = spot.missing.pop() {
            spot.node = self.insert(spot.node, &name, Wanted::INTERIOR)?;
        }
        Ok(spot.node)
    }

    /// Adds a node below another, as it is described.
    pub(super) fn insert(&mut self, above: usize, name: &Name, wanted: Wanted<'_>) -> Result<usize, StatusCode> {
        let around = self.store.tree.get(above).ok_or(StatusCode::NOT_FOUND)?;
        if around.content.kind() == NodeKind::Leaf {
            return Err(StatusCode::COMMAND_NOT_ALLOWED);
        }
        let identifier = wanted.type_.as_deref().unwrap_or_default();
        let kind = match (&wanted.format, &wanted.value) {
            (Some(format), _) => Format::new(format).node_kind(),
            (None, Some(_)) => NodeKind::Leaf,
            (None, None) => NodeKind::Interior,
        };
        let place = self.store.place(above, name, kind, identifier);
        let is_left_to_vendors = around.place.is_none_or(|around| self.store.description.name(around) == Some("Ext"));
        if self.is_server() && place.is_none() && !is_left_to_vendors && !self.store.options.keeps_unknown {
            return Err(StatusCode::COMMAND_NOT_ALLOWED);
        }
        self.permit_access(place, AccessType::Add)?;
        let mut content = self.content(place, None, wanted)?;
        self.check_taken(&content, above, &name.written)?;
        let properties = place.and_then(|place| Some((place, self.store.description.properties(place)?)));
        if let (Some((place, properties)), true) = (properties, self.is_server()) {
            let count = self.store.tree.count(above, place).saturating_add(1);
            if !properties.occurrence.unwrap_or_default().admits(count) {
                return Err(StatusCode::COMMAND_NOT_ALLOWED);
            }
        }
        if let (true, Sender::Server(server)) = (content.acl.is_empty(), self.sender) {
            let own = AclBuilder::of_added(server, content.kind(), self.store.acl(above));
            content.acl = own.map_err(|_| StatusCode::PERMISSION_DENIED)?.to_string().into();
        }
        self.limit(1, &content, name.written.len())?;
        Ok(self.store.tree.insert(above, name.written.clone(), content, place))
    }

    /// Gives a node what it is to hold; what nobody says, stays.
    pub(super) fn set(&mut self, node: usize, wanted: Wanted<'_>) -> Result<(), StatusCode> {
        let found = self.store.tree.get(node).ok_or(StatusCode::NOT_FOUND)?;
        if found.content.kind() == NodeKind::Interior && self.is_server() {
            return Err(StatusCode::COMMAND_NOT_ALLOWED);
        }
        let content = self.content(found.place, Some(&found.content), wanted)?;
        self.check_taken(&content, found.above(), found.name())?;
        self.limit(0, &content, 0)?;
        self.store.tree.replace(node, content);
        Ok(())
    }

    /// Whether whoever uses the tree takes this of the node of this name.
    fn check_taken(&self, content: &Content, above: usize, name: &str) -> Result<(), StatusCode> {
        let Some(guard) = self.guard.filter(|_| content.kind() == NodeKind::Leaf) else { return Ok(()) };
        let mut names = Vec::from([name]);
        for node in self.store.tree.ancestors(above) {
            if guard.is_object(&node.content.type_) {
                names.reverse();
                let is_taken = guard.takes(&names.join("/"), &content.value);
                return if is_taken { Ok(()) } else { Err(StatusCode::UNSUPPORTED_MEDIA_TYPE_OR_FORMAT) };
            }
            names.push(node.name());
        }
        Ok(())
    }

    /// What a node holds by what is wanted, what is described, and what it held before.
    fn content(
        &self,
        place: Option<Place>,
        before: Option<&Content>,
        wanted: Wanted<'_>,
    ) -> Result<Content, StatusCode> {
        const UNSUPPORTED: StatusCode = StatusCode::UNSUPPORTED_MEDIA_TYPE_OR_FORMAT;
        let described = place.and_then(|place| Some((place, self.store.description.properties(place)?)));
        // the device is not held to the description
        let rules = described.filter(|_| self.is_server());
        let described_format = described.and_then(|(_, properties)| properties.format);
        let format = match (&wanted.format, before) {
            (Some(format), _) => format.to_string(),
            (None, Some(before)) => before.format.to_string(),
            (None, None) => format_of(described_format, &wanted).to_string(),
        };
        let format = Format::new(&format);
        if rules.is_some_and(|(place, _)| !self.store.description.takes_format(place, format)) {
            return Err(UNSUPPORTED);
        }
        if before.is_some_and(|before| before.kind() != format.node_kind()) {
            return Err(UNSUPPORTED);
        }
        let type_ = match (wanted.type_, before, described) {
            (Some(type_), ..) => type_.into_owned(),
            (None, Some(before), _) => before.type_.to_string(),
            (None, None, Some((place, _))) if format.node_kind() == NodeKind::Interior => {
                let identifier = self.store.description.identifier(place).unwrap_or_default();
                spelled(identifier)?.into_owned()
            }
            (None, None, Some((place, _))) => {
                let mut types = self.store.description.media_types(place);
                // where there are several, nobody has said which
                let only = types.next().filter(|_| types.next().is_none());
                only.filter(|only| *only != default_type(format.as_str())).unwrap_or_default().to_string()
            }
            (None, None, None) => String::new(),
        };
        if let Some((place, _)) = rules {
            let is_taken = type_.is_empty()
                || match format.node_kind() {
                    NodeKind::Leaf => self.store.description.takes_media_type(place, &type_),
                    NodeKind::Interior => {
                        self.store.description.identifier(place).is_none_or(|own| own == *type_)
                            || self.store.description.object(&type_) == Some(place)
                    }
                };
            if !is_taken {
                return Err(UNSUPPORTED);
            }
        }
        let value = self.value(rules, format, described, wanted.value)?;
        let (acl, title) = (wanted.acl.unwrap_or_default(), wanted.title.unwrap_or_default());
        let acl = match (acl.is_empty(), before) {
            (true, Some(before)) => before.acl.clone(),
            _ => Box::from(Acl::parse(&acl).map_err(|_| UNSUPPORTED)?.as_str()),
        };
        let title = match (title.is_empty(), before) {
            (true, Some(before)) => before.title.clone(),
            _ => Box::from(title),
        };
        if acl.len() > self.store.options.max_acl {
            return Err(StatusCode::DEVICE_FULL);
        }
        if title.len() > PropertyValue::MAX_TITLE {
            return Err(StatusCode::REQUEST_ENTITY_TOO_LARGE);
        }
        Ok(Content { format: Box::from(format.as_str()), type_: type_.into(), acl, title, value })
    }

    fn value(
        &self,
        rules: Option<(Place, DfProperties<'d>)>,
        format: Format<'_>,
        described: Option<(Place, DfProperties<'d>)>,
        wanted: Option<Cow<'_, [u8]>>,
    ) -> Result<Arc<[u8]>, StatusCode> {
        const UNSUPPORTED: StatusCode = StatusCode::UNSUPPORTED_MEDIA_TYPE_OR_FORMAT;
        if format.node_kind() == NodeKind::Interior {
            let is_blank = wanted.is_none_or(|value| value.trim_ascii().is_empty());
            return if is_blank { Ok(Arc::from([])) } else { Err(UNSUPPORTED) };
        }
        let default = described.and_then(|(_, properties)| properties.default_value);
        let value = match (wanted, default) {
            (Some(value), _) => value,
            (None, Some(default)) => match spelled(default)? {
                Cow::Borrowed(text) => Cow::Borrowed(text.as_bytes()),
                Cow::Owned(text) => Cow::Owned(text.into_bytes()),
            },
            (None, None) => Cow::Borrowed(&[][..]),
        };
        if self.is_server() {
            format.value(Some(&value)).map_err(|_| UNSUPPORTED)?;
        }
        if let (Some((place, _)), Ok(text)) = (rules, core::str::from_utf8(&value)) {
            if !self.store.description.takes_value(place, text) {
                return Err(UNSUPPORTED);
            }
        }
        if value.len() > self.store.options.max_value {
            return Err(StatusCode::REQUEST_ENTITY_TOO_LARGE);
        }
        Ok(Arc::from(value))
    }

    fn replace_property(&mut self, uri: Uri<'_>, property: Property, item: &Item<'_>) -> Result<(), StatusCode> {
        let node = self.store.find(uri).ok_or(StatusCode::NOT_FOUND)?;
        if property == Property::Acl {
            self.permit_acl(node)?;
        } else {
            self.permit(node, &[AclCommand::REPLACE])?;
        }
        if !property.takes(AclCommand::REPLACE) {
            return Err(StatusCode::COMMAND_NOT_ALLOWED);
        }
        let text = match item.data {
            None => Cow::Borrowed(""),
            Some(_) => self.property_text(item.data_text().ok_or(StatusCode::UNSUPPORTED_MEDIA_TYPE_OR_FORMAT)?)?,
        };
        let value = PropertyValue::parse(property, &text).map_err(|error| match error.kind() {
            PropertyErrorKind::TooLong => StatusCode::REQUEST_ENTITY_TOO_LARGE,
            _ => StatusCode::UNSUPPORTED_MEDIA_TYPE_OR_FORMAT,
        })?;
        let mut content = self.store.tree.get(node).map(|node| node.content.clone()).ok_or(StatusCode::NOT_FOUND)?;
        match value {
            PropertyValue::Name(name) => return self.rename(node, name),
            PropertyValue::Title(title) => content.title = Box::from(title),
            PropertyValue::Acl(acl) if acl.as_str().len() > self.store.options.max_acl => {
                return Err(StatusCode::DEVICE_FULL);
            }
            PropertyValue::Acl(acl) => content.acl = Box::from(acl.as_str()),
            _ => return Err(StatusCode::COMMAND_NOT_ALLOWED),
        }
        self.limit(0, &content, 0)?;
        self.store.tree.replace(node, content);
        Ok(())
    }

    /// Gives a node another name, where it is described under the new one as under the old one.
    fn rename(&mut self, node: usize, name: &str) -> Result<(), StatusCode> {
        let found = self.store.tree.get(node).filter(|_| node != Tree::ROOT).ok_or(StatusCode::COMMAND_NOT_ALLOWED)?;
        let name = Name::plain(Cow::Borrowed(name));
        let limit = self.store.options.rules.max_seg_len;
        if limit != 0 && name.written.chars().count() > usize::from(limit) {
            return Err(StatusCode::URI_TOO_LONG);
        }
        let place = self.store.place(found.above(), &name, found.content.kind(), &found.content.type_);
        if (self.is_server() && self.is_permanent(node)) || place != found.place {
            return Err(StatusCode::COMMAND_NOT_ALLOWED);
        }
        match self.store.tree.child(found.above(), &name.written) {
            Some(other) if other != node => return Err(StatusCode::ALREADY_EXISTS),
            Some(_) => {}
            None => self.store.tree.rename(node, name.written),
        }
        Ok(())
    }

    /// Whether nobody takes a node away: it is described to be there always, or others that are stand below it.
    fn is_permanent(&self, node: usize) -> bool {
        let place = self.store.tree.get(node).and_then(|node| node.place);
        let properties = place.map(|place| self.store.description.properties(place));
        properties.is_some_and(|properties| {
            properties.is_none_or(|properties| properties.scope.unwrap_or_default() == Scope::Permanent)
        })
    }

    pub(super) fn permit(&self, node: usize, commands: &[AclCommand<'_>]) -> Result<(), StatusCode> {
        if self.store.allows(self.sender, node, commands) { Ok(()) } else { Err(StatusCode::PERMISSION_DENIED) }
    }

    fn permit_acl(&self, node: usize) -> Result<(), StatusCode> {
        let Sender::Server(server) = self.sender else { return Ok(()) };
        let found = self.store.tree.get(node).ok_or(StatusCode::NOT_FOUND)?;
        let above = (node != Tree::ROOT).then(|| self.store.acl(found.above()));
        let may = may_replace_acl(server, found.content.kind(), self.store.acl(node), above);
        if may { Ok(()) } else { Err(StatusCode::PERMISSION_DENIED) }
    }

    fn permit_access(&self, place: Option<Place>, access: AccessType) -> Result<(), StatusCode> {
        let is_permitted = !self.is_server() || self.is_placing || self.store.has_access(place, access);
        if is_permitted { Ok(()) } else { Err(StatusCode::COMMAND_NOT_ALLOWED) }
    }

    /// Whether there is room for so many nodes and for this.
    fn limit(&self, nodes: usize, content: &Content, name: usize) -> Result<(), StatusCode> {
        let (tree, options) = (&self.store.tree, &self.store.options);
        let octets = tree.octets().saturating_add(content.octets()).saturating_add(name);
        let fits = tree.nodes().saturating_add(nodes) <= options.max_nodes && octets <= options.max_octets;
        if fits { Ok(()) } else { Err(StatusCode::DEVICE_FULL) }
    }

    /// What an item wants of a node.
    fn wanted<'a>(&mut self, request: &Request<'a>, item: &Item<'a>) -> Result<Wanted<'a>, StatusCode> {
        let format = self.said(item.meta.format.or(request.meta.format))?;
        let type_ = self.said(item.meta.type_.or(request.meta.type_))?;
        let value = match item.data {
            None => None,
            Some(Data::Text(text)) => Some(octets(self.read(text)?)),
            Some(Data::Opaque(octets)) => {
                self.take(octets.len())?;
                Some(Cow::Borrowed(octets))
            }
            Some(Data::Markup(_)) => return Err(StatusCode::UNSUPPORTED_MEDIA_TYPE_OR_FORMAT),
        };
        Ok(Wanted { format, type_, value, ..Wanted::default() })
    }

    /// What a serialised tree wants of a node.
    pub(super) fn wanted_of<'a>(&mut self, node: &Node<'_, 'a>) -> Result<Wanted<'a>, StatusCode> {
        let RtProperties { acl, format, title, type_, .. } = node.rt_properties().unwrap_or_default();
        let type_ = match type_ {
            Some(NodeType::Mime(name) | NodeType::DdfName(name)) => self.said(Some(name))?,
            _ => None,
        };
        let value = match node.value() {
            None => None,
            Some(Value::Text(text)) => Some(octets(self.read(text)?)),
            Some(Value::Octets(octets)) => {
                self.take(octets.len())?;
                Some(Cow::Borrowed(octets))
            }
            Some(_) => return Err(StatusCode::UNSUPPORTED_MEDIA_TYPE_OR_FORMAT),
        };
        Ok(Wanted {
            format: self.said(format.map(|format| Text::new(format.as_str())))?,
            type_,
            value,
            acl: self.said(acl)?,
            title: title.map(|title| self.property_text(title)).transpose()?,
        })
    }

    /// The text of a property: one that documents can hold, for it is answered in one.
    fn property_text<'a>(&mut self, text: Text<'a>) -> Result<Cow<'a, str>, StatusCode> {
        let text = self.read(text)?;
        if is_text(&text) { Ok(text) } else { Err(StatusCode::UNSUPPORTED_MEDIA_TYPE_OR_FORMAT) }
    }

    /// A text that may be missing, without white space around it.
    fn said<'a>(&mut self, text: Option<Text<'a>>) -> Result<Option<Cow<'a, str>>, StatusCode> {
        let Some(text) = text else { return Ok(None) };
        Ok(Some(match self.property_text(text)? {
            Cow::Borrowed(text) => Cow::Borrowed(text.trim_ascii()),
            Cow::Owned(text) => Cow::Owned(String::from(text.trim_ascii())),
        }))
    }
}

/// The serialised tree in an item.
fn in_item<'a>(item: &Item<'a>, request: &Request<'a>) -> Result<Option<TndsObject<'a>>, StatusCode> {
    TndsObject::in_item(item, &request.meta).map_err(|_| StatusCode::UNSUPPORTED_MEDIA_TYPE_OR_FORMAT)
}

/// The format where nobody says it: as described, or else text where there is a value.
fn format_of<'d>(described: Option<Format<'d>>, wanted: &Wanted<'_>) -> Format<'d> {
    described.unwrap_or(if wanted.value.is_some() { Format::CHR } else { Format::NODE })
}

fn octets(text: Cow<'_, str>) -> Cow<'_, [u8]> {
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(text.as_bytes()),
        Cow::Owned(text) => Cow::Owned(text.into_bytes()),
    }
}
