//! An edit: what it writes, in its place.

use super::Patch;
use super::edits::Slot;
use super::error::PatchError;
use super::fragment::{Content, Fragment};
use super::index::{Kind, Node, Pages};
use super::site::Site;
use super::spot::Spot;
use crate::header::Version;
use crate::sink::WriteError;
use crate::token::HAS_CONTENT;
use crate::writer::tokens::Position;

impl<'a> Patch<'a> {
    /// Makes the edit that takes the place of an element or a text, or stands next to it.
    pub(super) fn put_beside(
        &mut self,
        site: Site,
        place: impl FnOnce(&Node) -> Spot,
        write: impl FnOnce(&mut Fragment<'a>) -> Result<(), WriteError>,
    ) -> Result<(), PatchError> {
        let node = *self.node(site)?;
        if matches!(node.kind, Kind::Attribute(_)) {
            return Err(PatchError::Misplaced(node.token));
        }
        self.put(place(&node), write)
    }

    /// Makes the edit in the content of an element: at `place`, or in `new` content if it has none.
    pub(super) fn put_inside(
        &mut self,
        site: Site,
        place: impl FnOnce(&Node) -> Spot,
        new: Slot,
        write: impl FnOnce(&mut Fragment<'a>) -> Result<(), WriteError>,
    ) -> Result<(), PatchError> {
        let (node, start) = self.element(site)?;
        let spot = if start.has_content() {
            place(&node)
        } else {
            Spot::content(node.end..node.end, new, node.after).flag(&node, HAS_CONTENT)
        };
        self.put(spot, write)
    }

    /// Makes the edit at `spot`.
    pub(super) fn put(
        &mut self,
        spot: Spot,
        write: impl FnOnce(&mut Fragment<'a>) -> Result<(), WriteError>,
    ) -> Result<(), PatchError> {
        self.edits.check(&spot.span, spot.slot)?;
        if let Some((token, _)) = spot.flag {
            self.edits.check_flags(token)?;
        }
        let known = self.names.len();
        let written = self.written(&spot, write);
        let content = match written {
            Ok(content) => content,
            Err(error) => {
                self.names.truncate(known);
                return Err(error);
            }
        };
        if spot.slot.list().is_some() && content.octets.is_empty() {
            return Ok(());
        }
        if let Some((token, flag)) = spot.flag {
            self.edits.flags(token, flag, 0);
        }
        self.edits.put(spot.span, spot.slot, content);
        Ok(())
    }

    fn written(
        &mut self,
        spot: &Spot,
        write: impl FnOnce(&mut Fragment<'a>) -> Result<(), WriteError>,
    ) -> Result<Content, PatchError> {
        let (version, charset) = (self.reader.header().grammar(), self.reader.charset());
        let Pages { tag, attribute } = spot.pages;
        let at =
            Position { version, charset, tag_page: tag, attribute_page: attribute, in_attributes: spot.are_attributes };
        let kept = self.document.get(spot.kept.clone()).unwrap_or_default().to_vec();
        let names = core::mem::take(&mut self.names);
        let mut fragment = Fragment::new(kept, self.reader.vocabulary(), names, at);
        let result = write(&mut fragment);
        let (octets, names) = fragment.finish();
        self.names = names;
        result?;
        let content = Content::new(octets, charset, spot.pages, spot.are_attributes)?;
        let is_root = spot.roots.is_some() && version != Version::V1_0;
        if is_root && (content.has_text || Some(content.elements) != spot.roots) {
            return Err(PatchError::Root(spot.span.start));
        }
        Ok(content)
    }
}
