//! libwbxml, the C library, loaded when it is there: so the crate needs nothing of it to be built.
#![expect(unsafe_code, reason = "a C library is called")]

use core::ffi::{c_int, c_uchar, c_uint, c_void};
use std::hint::black_box;
use std::ptr;
use std::sync::OnceLock;

use libloading::{Library, Symbol};

use crate::case::{Case, Task, Who};
use crate::inputs::Input;

/// The names that the library goes by.
const NAMES: [&str; 3] = ["libwbxml2.so.1", "libwbxml2.so.0", "libwbxml2.so"];

/// An object of the library.
type Object = *mut c_void;

/// What the library calls for each event: all of them may be empty functions.
#[repr(C)]
struct Handlers {
    start_document: extern "C" fn(Object, c_uint, Object),
    end_document: extern "C" fn(Object),
    start_element: extern "C" fn(Object, Object, Object, c_uchar),
    end_element: extern "C" fn(Object, Object, c_uchar),
    characters: extern "C" fn(Object, *const c_uchar, c_uint, c_uint),
    processing_instruction: extern "C" fn(Object, *const c_uchar, *const c_uchar),
}

extern "C" fn start_document(_: Object, _: c_uint, _: Object) {}
extern "C" fn end_document(_: Object) {}
extern "C" fn start_element(_: Object, _: Object, _: Object, _: c_uchar) {}
extern "C" fn end_element(_: Object, _: Object, _: c_uchar) {}
extern "C" fn characters(_: Object, _: *const c_uchar, _: c_uint, _: c_uint) {}
extern "C" fn processing_instruction(_: Object, _: *const c_uchar, _: *const c_uchar) {}

static HANDLERS: Handlers =
    Handlers { start_document, end_document, start_element, end_element, characters, processing_instruction };

type Create = unsafe extern "C" fn() -> Object;
type Destroy = unsafe extern "C" fn(Object);
type SetHandlers = unsafe extern "C" fn(Object, *const Handlers);
type Parse = unsafe extern "C" fn(Object, *const c_uchar, c_uint) -> c_int;
type ConverterCreate = unsafe extern "C" fn(*mut Object) -> c_int;
type ConverterSet = unsafe extern "C" fn(Object, c_int);
type ConverterFlag = unsafe extern "C" fn(Object);
type ConverterRun = unsafe extern "C" fn(Object, *const c_uchar, c_uint, *mut Object, *mut c_uint) -> c_int;
type TreeRead = unsafe extern "C" fn(*const c_uchar, c_uint, c_int, c_int, *mut Object) -> c_int;
type TreeWrite = unsafe extern "C" fn(Object, *mut Object, *mut c_uint, *const TreeOptions) -> c_int;

/// How a tree is written.
#[repr(C)]
struct TreeOptions {
    version: c_int,
    keep_white_space: c_uchar,
    use_string_table: c_uchar,
    produce_anonymous: c_uchar,
}

/// WBXML 1.3, without a string table.
static TREE_OPTIONS: TreeOptions =
    TreeOptions { version: 3, keep_white_space: 0, use_string_table: 0, produce_anonymous: 0 };

unsafe extern "C" {
    fn free(pointer: Object);
}

/// The functions of the library.
struct Functions {
    parser_create: Create,
    parser_set: SetHandlers,
    parser_parse: Parse,
    parser_destroy: Destroy,
    to_xml_create: ConverterCreate,
    to_xml_generate: ConverterSet,
    to_xml_run: ConverterRun,
    to_xml_destroy: Destroy,
    from_xml_create: ConverterCreate,
    from_xml_version: ConverterSet,
    from_xml_no_table: ConverterFlag,
    from_xml_run: ConverterRun,
    from_xml_destroy: Destroy,
    tree_read: TreeRead,
    tree_write: TreeWrite,
    tree_destroy: Destroy,
    /// Keeps them where they are.
    _library: Library,
}

impl Functions {
    fn load() -> Result<Self, String> {
        let mut reason = String::new();
        for name in NAMES {
            // SAFETY: the library has no initialisers that ask for anything
            match unsafe { Library::new(name) } {
                Ok(library) => return Self::of(library).map_err(|error| format!("{name}: {error}")),
                Err(error) => reason = error.to_string(),
            }
        }
        Err(reason)
    }

    fn of(library: Library) -> Result<Self, libloading::Error> {
        /// The function of this name.
        ///
        /// # Safety
        /// It is of this type.
        unsafe fn get<F: Copy>(library: &Library, name: &str) -> Result<F, libloading::Error> {
            // SAFETY: the caller says so
            let symbol: Symbol<'_, F> = unsafe { library.get(name.as_bytes()) }?;
            Ok(*symbol)
        }
        // SAFETY: the types are those of the library's source, 0.11
        unsafe {
            Ok(Self {
                parser_create: get(&library, "wbxml_parser_create")?,
                parser_set: get(&library, "wbxml_parser_set_content_handler")?,
                parser_parse: get(&library, "wbxml_parser_parse")?,
                parser_destroy: get(&library, "wbxml_parser_destroy")?,
                to_xml_create: get(&library, "wbxml_conv_wbxml2xml_create")?,
                to_xml_generate: get(&library, "wbxml_conv_wbxml2xml_set_gen_type")?,
                to_xml_run: get(&library, "wbxml_conv_wbxml2xml_run")?,
                to_xml_destroy: get(&library, "wbxml_conv_wbxml2xml_destroy")?,
                from_xml_create: get(&library, "wbxml_conv_xml2wbxml_create")?,
                from_xml_version: get(&library, "wbxml_conv_xml2wbxml_set_version")?,
                from_xml_no_table: get(&library, "wbxml_conv_xml2wbxml_disable_string_table")?,
                from_xml_run: get(&library, "wbxml_conv_xml2wbxml_run")?,
                from_xml_destroy: get(&library, "wbxml_conv_xml2wbxml_destroy")?,
                tree_read: get(&library, "wbxml_tree_from_wbxml")?,
                tree_write: get(&library, "wbxml_tree_to_wbxml")?,
                tree_destroy: get(&library, "wbxml_tree_destroy")?,
                _library: library,
            })
        }
    }

    fn get() -> Result<&'static Self, &'static String> {
        static FUNCTIONS: OnceLock<Result<Functions, String>> = OnceLock::new();
        FUNCTIONS.get_or_init(Self::load).as_ref()
    }

    /// The parser, with empty functions to call.
    fn parse(&self, document: &[u8]) -> usize {
        // SAFETY: the parser lives as long as it is used, and the octets are those of a document
        unsafe {
            let parser = (self.parser_create)();
            (self.parser_set)(parser, &raw const HANDLERS);
            let result = (self.parser_parse)(parser, document.as_ptr(), octets(document));
            (self.parser_destroy)(parser);
            assert_eq!(result, 0, "the inputs are documents");
        }
        document.len()
    }

    /// The length of what a converter makes.
    ///
    /// # Safety
    /// `run` and `destroy` are of the converter.
    unsafe fn convert(converter: Object, run: ConverterRun, destroy: Destroy, document: &[u8]) -> usize {
        let (mut result, mut length) = (ptr::null_mut(), 0);
        // SAFETY: the octets are those of a document, and what is made is the caller's to free
        unsafe {
            let code = run(converter, document.as_ptr(), octets(document), &raw mut result, &raw mut length);
            free(result);
            destroy(converter);
            assert_eq!(code, 0, "the inputs can be converted");
        }
        usize::try_from(length).unwrap_or_default()
    }

    fn wbxml_to_xml(&self, document: &[u8]) -> usize {
        let mut converter = ptr::null_mut();
        // SAFETY: the converter is made here, and handed to its own functions; 0 is "compact"
        unsafe {
            assert_eq!((self.to_xml_create)(&raw mut converter), 0, "there is memory");
            (self.to_xml_generate)(converter, 0);
            Self::convert(converter, self.to_xml_run, self.to_xml_destroy, document)
        }
    }

    fn xml_to_wbxml(&self, document: &[u8], has_table: bool) -> usize {
        let mut converter = ptr::null_mut();
        // SAFETY: the converter is made here, and handed to its own functions; 3 is WBXML 1.3
        unsafe {
            assert_eq!((self.from_xml_create)(&raw mut converter), 0, "there is memory");
            (self.from_xml_version)(converter, 3);
            if !has_table {
                (self.from_xml_no_table)(converter);
            }
            Self::convert(converter, self.from_xml_run, self.from_xml_destroy, document)
        }
    }
}

/// A document as the library's tree.
struct Tree {
    functions: &'static Functions,
    tree: Object,
}

impl Tree {
    fn new(functions: &'static Functions, document: &[u8]) -> Self {
        let mut tree = ptr::null_mut();
        // SAFETY: the octets are those of a document; 0 and 0 leave language and charset to it
        let code = unsafe { (functions.tree_read)(document.as_ptr(), octets(document), 0, 0, &raw mut tree) };
        assert_eq!(code, 0, "the inputs are documents");
        Self { functions, tree }
    }

    /// The length of the document that is written.
    fn encode(&self) -> usize {
        let (mut result, mut length) = (ptr::null_mut(), 0);
        // SAFETY: the tree is the library's own, and what is made is the caller's to free
        unsafe {
            let code =
                (self.functions.tree_write)(self.tree, &raw mut result, &raw mut length, &raw const TREE_OPTIONS);
            free(result);
            assert_eq!(code, 0, "the inputs can be written");
        }
        usize::try_from(length).unwrap_or_default()
    }
}

impl Drop for Tree {
    fn drop(&mut self) {
        // SAFETY: nobody else has it
        unsafe { (self.functions.tree_destroy)(self.tree) }
    }
}

fn octets(document: &[u8]) -> c_uint {
    c_uint::try_from(document.len()).expect("the inputs are small")
}

pub(super) fn found() -> Result<(), String> {
    Functions::get().map(|_| ()).map_err(Clone::clone)
}

pub(super) fn add<'i>(cases: &mut Vec<Case<'i>>, input: &'i Input) {
    let Ok(functions) = Functions::get() else { return };
    let (wbxml, xml) = (input.wbxml.as_slice(), input.xml.as_bytes());
    let mut add = |task, octets: &[u8], run: Box<dyn FnMut() -> usize + 'i>| {
        cases.push(Case::new(task, Who::Libwbxml, &input.name, octets.len(), run));
    };
    for task in [Task::Drive, Task::NextEvent] {
        add(task, wbxml, Box::new(|| functions.parse(black_box(wbxml))));
    }
    add(Task::ToXml, wbxml, Box::new(|| functions.wbxml_to_xml(black_box(wbxml))));
    for (task, has_table) in [(Task::FromXml, false), (Task::FromXmlTable, true)] {
        add(task, xml, Box::new(move || functions.xml_to_wbxml(black_box(xml), has_table)));
    }
    let tree = Tree::new(functions, wbxml);
    add(Task::Encode, wbxml, Box::new(move || tree.encode()));
}
