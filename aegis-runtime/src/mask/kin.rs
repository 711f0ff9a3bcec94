//! What stands beside a declared key in content that holds anything: keys of a program's settings, of goods and parts, or of a person.
//!
//! *Invariants.* A key of a person speaks last: where one stands beside it, the declaration holds. Only `name` is doubted, which names
//! everything; any other declared key means what it says.

use super::MaskError;
use super::common::{
    has_called, has_common, has_ordinary, is_common, is_host, is_nobody, is_place, is_release, is_somebody,
};
use super::form::is_no_name;
use super::json::{self, Raw, Segment, Visitor};
use super::kinds::{GOODS, LOOSE, MACHINE, MADE, PEOPLE, PERSON, PLACE, SETTINGS, THINGS, WORLD};
use super::pairs::is_full;
use super::plan::letters;
use super::talk::is_called;
use crate::spec::MaskLimits;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::OnceLock;

/// What the keys beside a key say of it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Kin {
    settings: bool,
    goods: u8,
    loose: bool,
    person: bool,
    /// Lines of a program stand around them.
    code: bool,
    /// Something that is somebody's stands further away.
    people: bool,
    /// Where somebody is, or something.
    placed: bool,
    /// It says itself that it is a thing.
    thing: bool,
    /// Where one key tells little: of a table's columns.
    strict: bool,
    /// How many keys there are, and whether one of them is `version`.
    keys: u8,
    versioned: bool,
}

impl Kin {
    /// One more of them.
    pub(super) fn add(&mut self, key: &str) {
        self.keys = self.keys.saturating_add(1);
        self.versioned |= key.eq_ignore_ascii_case("version");
        match Sort::of(key) {
            Some(Sort::Person) => self.person = true,
            Some(Sort::Settings) => self.settings = true,
            Some(Sort::Goods) => self.goods = self.goods.saturating_add(1),
            Some(Sort::Loose) => self.loose = true,
            Some(Sort::Place) => self.placed = true,
            None => {}
        }
    }

    /// All of some keys.
    pub(super) fn of<'key>(keys: impl Iterator<Item = &'key str>) -> Self {
        let mut kin = Self::default();
        keys.for_each(|key| kin.add(key));
        kin
    }

    /// The names of a table's columns: one of parameters has their types, and what they are where nobody says.
    pub(super) fn of_table<'key>(names: impl Iterator<Item = &'key str> + Clone) -> Self {
        let has = |wanted: &str| names.clone().any(|name| letters(name.trim()).eq(wanted.bytes()));
        let mut kin = Self::of(names.clone());
        kin.settings |= has("type") && (has("default") || has("required"));
        kin
    }

    /// The same with what a key says under which all of them stand.
    pub(super) fn under(mut self, key: &str) -> Self {
        self = self.of_people(key);
        self.settings |= !self.person && Whose::of(key) == Some(Whose::Things);
        self
    }

    /// The same beside something that may be somebody's.
    pub(super) fn of_people(mut self, key: &str) -> Self {
        self.person |= Whose::of(key) == Some(Whose::People);
        self
    }

    /// The same of what says itself what it is: `{"kind": "customer", …}`, `{"id": "proj_81", …}`.
    fn said(mut self, kind: &str) -> Self {
        self.thing |= MADE.iter().any(|made| kind.eq_ignore_ascii_case(made));
        self.of_people(kind)
    }

    /// The same in a text that says something itself.
    pub(super) fn within(mut self, document: Self) -> Self {
        self.settings |= document.is_settings();
        self.loose |= document.loose && !document.person;
        self.code |= document.code;
        self.people |= document.person;
        self
    }

    /// The same of what only much can spare.
    pub(super) fn strictly(mut self) -> Self {
        self.strict = true;
        self
    }

    /// The same further below something that may be somebody's.
    pub(super) fn among(mut self, key: &str) -> Self {
        self.people |= Whose::of(key) == Some(Whose::People);
        self
    }

    /// The same in an object that holds the properties of another one.
    pub(super) fn inside(mut self, outer: Self) -> Self {
        self.settings |= !self.person && outer.is_settings();
        self
    }

    /// Whether they are a program's.
    fn is_settings(self) -> bool {
        // `{"name": …, "version": …}` and nothing else is a program.
        !self.person && (self.settings || self.goods > 1 || self.versioned && self.keys == 2)
    }

    /// Whether a name among them is no person's.
    pub(super) fn spares(self, name: &str) -> bool {
        let loose = !self.strict && (self.loose || self.goods > 0 || self.code);
        // A word of small letters is a variable in a program, and a package where it has a version.
        let small = name.bytes().all(|byte| byte.is_ascii_lowercase());
        let variable = small && (self.code || self.goods > 0);
        // What a program calls a thing: a full name, or one that is somebody's, is an example of a person.
        let example = || !self.code || has_called(name) || is_full(name) && !has_ordinary(name);
        let called = is_called(name) && !variable && example();
        let one = !name.trim().contains(' ');
        let ordinary =
            || is_no_name(name) || is_common(name) || has_common(name) || is_nobody(name, self.loose || self.goods > 0);
        let plain = || (!self.placed || !one) && ordinary();
        let wares = || self.goods > 0 && !has_called(name) && (one && is_place(name) || has_ordinary(name));
        let goods = self.strict && !self.settings && is_full(name);
        let made = if one { !is_somebody(name) } else { has_ordinary(name) && !has_called(name) };
        self.is_settings() && !goods
            || is_host(name)
            || name.contains('_') && is_nobody(name, false)
            || !self.person
                && (self.thing && made || is_release(name) || loose && !called || !self.people && (wares() || plain()))
    }

    /// The same of what no program says.
    pub(super) fn in_words(mut self) -> Self {
        self.code = false;
        self
    }

    /// Whether lines of a program stand around.
    pub(super) fn is_code(self) -> bool {
        self.code
    }

    /// The same in a program's text.
    pub(super) fn in_code(mut self) -> Self {
        self.code = true;
        self
    }

    /// The same where anything is named.
    pub(super) fn loosely(mut self) -> Self {
        self.loose = true;
        self
    }
}

/// Whether a declared key names everything.
pub(super) fn is_doubted(key: &str) -> bool {
    letters(key).eq(*b"name")
}

/// Whose a key is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sort {
    Settings,
    Goods,
    Loose,
    Place,
    Person,
}

/// Keys whose values say what an object is.
const KINDS: &[&str] = &["type", "kind", "object", "__typename", "@type", "entityType", "resourceType", "nodeType"];

/// Longest key that is any of them.
const LONGEST: usize = 32;

impl Sort {
    fn of(key: &str) -> Option<Self> {
        static SORTS: OnceLock<HashMap<&[u8], Sort>> = OnceLock::new();
        let sorts = SORTS.get_or_init(|| {
            // What is in two lists is of the latter.
            let known = [(LOOSE, Self::Loose), (GOODS, Self::Goods), (SETTINGS, Self::Settings), (PLACE, Self::Place)];
            known
                .into_iter()
                .chain([(PERSON, Self::Person)])
                .flat_map(|(keys, sort)| keys.iter().map(move |key| (key.as_bytes(), sort)))
                .collect()
        });
        let (room, length) = spelled(key)?;
        sorts.get(room.get(..length)?).copied().or_else(|| Self::of_unit(key))
    }

    /// `size_mb`, `length_km`.
    fn of_unit(key: &str) -> Option<Self> {
        if key.ends_with("Arn") || key.ends_with("ARN") {
            return Some(Self::Settings);
        }
        let (_, unit) = key.rsplit_once(['_', '-', ' '])?;
        let unit = unit.trim_matches(['(', ')', '[', ']']);
        let among = |units: &[&str]| units.iter().any(|known| unit.eq_ignore_ascii_case(known));
        among(MACHINE).then_some(Self::Settings).or_else(|| among(WORLD).then_some(Self::Goods))
    }
}

/// Whose a key says something is, one or several of them: `containers`, `dependencies`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Whose {
    People,
    Things,
}

impl Whose {
    fn of(key: &str) -> Option<Self> {
        static WHOSE: OnceLock<HashMap<&[u8], Whose>> = OnceLock::new();
        let whose = WHOSE.get_or_init(|| {
            let all = [(THINGS, Self::Things), (PEOPLE, Self::People)].into_iter();
            all.flat_map(|(keys, whose)| keys.iter().map(move |key| (key.as_bytes(), whose))).collect()
        });
        let (mut room, length) = spelled(key)?;
        let key = room.get_mut(..length)?;
        let found = |key: &[u8]| whose.get(key).copied();
        let several = || found(key.strip_suffix(b"s")?).or_else(|| found(key.strip_suffix(b"es")?));
        // `recordTypeInfos`, `leaveTypes`: what there are kinds of.
        let kinds = || [b"types".as_slice(), b"typeinfos"].iter().any(|end| key.ends_with(end)).then_some(Self::Things);
        // `deviceName`: whose it is.
        let named = || found(key.strip_suffix(b"name")?);
        let one = found(key).or_else(several).or_else(kinds).or_else(named);
        one.or_else(|| {
            let stem = key.len().checked_sub(2).filter(|_| key.ends_with(b"ies"))?;
            *key.get_mut(stem - 1)? = b'y';
            found(key.get(..stem)?)
        })
    }
}

/// The letters of a key in lower case, and how many.
fn spelled(key: &str) -> Option<([u8; LONGEST], usize)> {
    let (mut room, mut length) = ([0; LONGEST], 0);
    let part = |letter: &u8| letter.is_ascii_alphanumeric() || *letter >= 0x80;
    for letter in letters(key).filter(part) {
        *room.get_mut(length)? = letter;
        length += 1;
    }
    Some((room, length))
}

/// What stands in every object and array of a document, in the order in which they begin.
pub(super) fn of_document(text: &str, limits: MaskLimits) -> Vec<Kin> {
    let mut keys = Keys::default();
    // What does not read is nothing's kin.
    if json::walk(text, limits, &mut keys).is_err() {
        keys.kin.clear();
    }
    keys.kin
}

/// A walk that looks at keys alone.
#[derive(Default)]
struct Keys {
    kin: Vec<Kin>,
    open: Vec<usize>,
    /// What the innermost object's keys said before the last of them.
    before: Kin,
}

impl Visitor for Keys {
    fn enter(&mut self, _path: &[Segment<'_>]) {
        self.open.push(self.kin.len());
        self.kin.push(Kin::default());
    }

    fn leave(&mut self, _path: &[Segment<'_>], _range: Range<usize>) {
        self.open.pop();
    }

    /// What says of itself what it is: `{"object": "customer", …}`, `{"id": "user_81", …}`.
    fn string(&mut self, path: &[Segment<'_>], raw: Raw<'_>) -> Result<(), MaskError> {
        let kind = match path.last() {
            Some(key) if key.is_named(KINDS) => raw.text,
            Some(key) if key.is_named(&["id"]) => raw.text.split_once('_').map_or("", |(kind, _)| kind),
            Some(Segment::Key(_) | Segment::Index(_)) | None => return Ok(()),
        };
        if let Some(kin) = self.open.last().and_then(|place| self.kin.get_mut(*place)) {
            *kin = kin.said(kind.rsplit([' ', '.']).next().unwrap_or(kind));
        }
        Ok(())
    }

    fn number(&mut self, _path: &[Segment<'_>], _raw: &str, _at: usize) -> Result<(), MaskError> {
        Ok(())
    }

    fn key(&mut self, _path: &[Segment<'_>], raw: Raw<'_>) -> Result<(), MaskError> {
        if let Some(kin) = self.open.last().and_then(|place| self.kin.get_mut(*place)) {
            self.before = *kin;
            kin.add(raw.text);
        }
        Ok(())
    }

    /// `"phone": null`, `"email": false`: nothing of anybody.
    fn word(&mut self) {
        if let Some(kin) = self.open.last().and_then(|place| self.kin.get_mut(*place)) {
            kin.person &= self.before.person || kin.keys != self.before.keys.saturating_add(1);
        }
    }
}
