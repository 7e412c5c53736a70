//! The path to a parm: types of characteristics, and a name.

use crate::characteristic::Parm;
use crate::document::ProvisioningDoc;

impl<'a> ProvisioningDoc<'a> {
    /// The parm at `path`: the types of the characteristics around it, from the top, and its name.
    /// `PXLOGICAL[2]/PXPHYSICAL/PORT/PORTNBR` is the first port of the second proxy. Numbers count what has the same type
    /// or name, from 1.
    ///
    /// ```
    /// use omacp::ProvisioningDoc;
    ///
    /// let mut builder = ProvisioningDoc::builder();
    /// let document = builder.start("PORT").parm("PORTNBR", "80").end().start("PORT").parm("PORTNBR", "81").build();
    /// assert_eq!(document.parm_at("PORT[2]/PORTNBR").unwrap().value.unwrap(), "81");
    /// assert!(document.parm_at("PORT[3]/PORTNBR").is_none());
    /// ```
    #[must_use]
    pub fn parm_at(&self, path: &str) -> Option<Parm<'a>> {
        let (way, name) = path.rsplit_once('/')?;
        let mut steps = way.split('/').map(step);
        let (type_, index) = steps.next()??;
        let mut place = self.characteristics_of_type(type_).nth(index)?;
        for step in steps {
            let (type_, index) = step?;
            place = place.characteristics_of_type(type_).nth(index)?;
        }
        let (name, index) = step(name)?;
        place.parms().filter(|parm| parm.name == *name).nth(index)
    }
}

/// A name, and how many of that name stand in front: `PORT[2]`.
fn step(text: &str) -> Option<(&str, usize)> {
    match text.strip_suffix(']').and_then(|text| text.rsplit_once('[')) {
        Some((name, number)) => Some((name, number.parse::<usize>().ok()?.checked_sub(1)?)),
        None => Some((text, 0)),
    }
}
