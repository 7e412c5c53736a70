//! Sites by their paths.

use alloc::vec::Vec;

use crate::tree::{Candidate, Path, PathError};

use super::index::{Kind, Node};
use super::{Patch, Site};

impl Patch<'_> {
    /// The first element that `path` leads to from the root element, or, with `/` in front, from the document.
    ///
    /// Takes time linear in the number of children, and of their attributes, that the elements on the way have.
    ///
    /// ```
    /// use wbxml::{Options, Patch, vocabulary::prov::PROV_1_0};
    ///
    /// // <characteristic type="NAPDEF"><parm name="NAPID" value="N"/></characteristic>
    /// let document = b"\x03\x0B\x6A\x00\x45\xC6\x55\x01\x87\x11\x06\x03N\0\x01\x01\x01";
    /// let known = [&PROV_1_0];
    /// let mut patch = Patch::new(document, Options::new().vocabularies(&known))?;
    /// let parm = patch.find("characteristic[@type='NAPDEF']/parm[@name='NAPID']")?.unwrap();
    /// assert_eq!(patch.find("/wap-provisioningdoc/characteristic[1]/*")?, Some(parm));
    /// patch.set_attribute(parm, "value", "M")?;
    /// assert_eq!(patch.finish()?, b"\x03\x0B\x6A\x00\x45\xC6\x55\x01\x87\x11\x06\x03M\0\x01\x01\x01");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// [`PathError`] if `path` is none: see [`Path`] for what it may be.
    pub fn find(&self, path: &str) -> Result<Option<Site>, PathError> {
        let path = Path::parse(path)?;
        let mut levels = Vec::new();
        let mut candidates = Some(0..self.nodes.len());
        if !path.is_absolute() {
            let root = self.nodes.iter().enumerate().find(|(_, node)| matches!(node.kind, Kind::Element(_)));
            candidates = root.map(|(at, node)| at.saturating_add(1)..node.next);
        }
        loop {
            if let (Some(candidates), Some(step)) = (candidates.take(), path.steps().get(levels.len())) {
                levels.push((candidates, step, step.none_passed()));
            }
            let depth = levels.len();
            let Some((next, step, passed)) = levels.last_mut() else { return Ok(None) };
            let at = next.start;
            let Some(node) = self.nodes.get(at).filter(|_| at < next.end) else {
                levels.pop();
                continue;
            };
            next.start = node.next;
            if !matches!(node.kind, Kind::Element(_)) || !step.leads_to(&Of { patch: self, at, node }, passed) {
                continue;
            }
            if depth == path.steps().len() {
                return Ok(Some(Site::of(at, node)));
            }
            candidates = Some(at.saturating_add(1)..node.next);
        }
    }

    /// The attribute of this name that an element has.
    #[must_use]
    pub fn attribute(&self, element: Site, name: &str) -> Option<Site> {
        self.element(element).ok()?;
        self.attributes(element.node).find(|attribute| self.name(*attribute).as_deref() == Some(name))
    }
}

/// An element of a patch.
struct Of<'p, 'a> {
    patch: &'p Patch<'a>,
    at: usize,
    node: &'p Node,
}

impl Candidate for Of<'_, '_> {
    fn is_named(&self, name: &str) -> bool {
        self.patch.name(Site::of(self.at, self.node)).as_deref() == Some(name)
    }

    fn has_attribute(&self, name: &str, value: Option<&str>) -> bool {
        let attribute = self.patch.attribute(Site::of(self.at, self.node), name);
        attribute.is_some_and(|at| value.is_none_or(|value| self.patch.text(at).is_some_and(|text| text == *value)))
    }
}
