//! From hits to places: overlaps made one, and a text with what was found taken out, to be read again.

use super::detect::Hit;

/// Keeps of the hits from a place on those that a test takes, which may cut them.
pub(super) fn sift(hits: &mut Vec<Hit>, from: usize, mut keep: impl FnMut(&mut Hit) -> bool) {
    let mut place = 0;
    hits.retain_mut(|hit| {
        place += 1;
        place <= from || keep(hit)
    });
}

/// Sorts hits and makes one of those that share bytes, so that no value is left in part. What stands first gives the class; of
/// two at one place the longer.
pub(super) fn apart(hits: &mut Vec<Hit>) {
    hits.retain(|hit| hit.start < hit.end);
    hits.sort_by_key(|hit| (hit.start, std::cmp::Reverse(hit.end), hit.class.is_some()));
    hits.dedup_by(|next, last| {
        let shared = next.start < last.end;
        if shared {
            last.end = last.end.max(next.end);
        }
        shared
    });
}

/// A text in which hits are taken out, and the way back.
pub(super) struct Places(Vec<(usize, usize)>);

pub(super) fn stand_in(text: &str, hits: &[Hit]) -> (String, Places) {
    let mut out = String::with_capacity(text.len());
    let mut places = Vec::with_capacity(hits.len() + 1);
    let mut from = 0;
    for hit in hits {
        places.push((out.len(), from));
        out.push_str(text.get(from..hit.start).unwrap_or_default());
        out.push_str("[SECRET]");
        from = hit.end;
    }
    places.push((out.len(), from));
    out.push_str(text.get(from..).unwrap_or_default());
    (out, Places(places))
}

impl Places {
    fn original(&self, at: usize) -> usize {
        let next = self.0.partition_point(|(masked, _)| *masked <= at);
        let place =
            self.0.get(next.saturating_sub(1)).map_or(0, |(masked, original)| original + (at - masked.min(&at)));
        // What stands for a hit may be longer than it: its inside is no place behind it.
        self.0.get(next).map_or(place, |(_, behind)| place.min(behind.saturating_sub(1)))
    }

    /// A hit of the masked text, in the original; what it took out already is no news.
    pub(super) fn back(&self, hit: &Hit, known: &[Hit]) -> Option<Hit> {
        let start = self.original(hit.start);
        let end = self.original(hit.end.saturating_sub(1)) + 1;
        let news = start < end && !known.iter().any(|known| known.start <= start && end <= known.end);
        news.then_some(Hit { start, end, ..*hit })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mask::detect::Gate;

    #[test]
    fn no_place_is_behind_what_was_taken_out() {
        let hit = |start, end| Hit { start, end, class: None, by: "", gate: Gate::Strong };
        let known = [hit(6, 7), hit(10, 11)];
        let (masked, places) = stand_in("name: v ab x", &known);
        assert_eq!(masked, "name: [SECRET] ab[SECRET]x");
        let back = |start, end| places.back(&hit(start, end), &known).map(|hit| (hit.start, hit.end));
        assert_eq!(back(15, 17), Some((8, 10)));
        assert_eq!(back(0, 13), Some((0, 7)));
        assert_eq!(back(15, masked.len()), Some((8, 12)));
        assert_eq!(back(17, 24), None);
    }
}
