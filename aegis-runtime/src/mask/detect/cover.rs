//! What is covered already: a number inside of another hit changes nothing, so nobody has to ask what is said of it.

use super::Hit;

/// Places of hits, in order.
#[derive(Default)]
pub(super) struct Cover {
    spans: Vec<(usize, usize)>,
    /// The first of them behind the place that was last asked for, and where those before it end at the furthest.
    next: usize,
    end: usize,
}

impl Cover {
    pub(super) fn of<'hits>(hits: impl Iterator<Item = &'hits Hit>) -> Self {
        let mut spans: Vec<_> = hits.map(|hit| (hit.start, hit.end)).collect();
        // Each detector's are in order already, which this sort is made for.
        spans.sort();
        Self { spans, next: 0, end: 0 }
    }

    /// Where the hit ends that holds a place. Places are asked for in order.
    pub(super) fn end(&mut self, at: usize) -> Option<usize> {
        while let Some((_, end)) = self.spans.get(self.next).filter(|(start, _)| *start <= at) {
            (self.next, self.end) = (self.next + 1, self.end.max(*end));
        }
        (self.end > at).then_some(self.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mask::detect::Gate;

    #[test]
    fn places_are_held_by_any_hit() {
        let hit = |start, end| Hit { start, end, class: None, by: "", gate: Gate::Strong };
        let hits = [hit(0, 4), hit(10, 20), hit(2, 6), hit(18, 25)];
        let mut cover = Cover::of(hits.iter());
        let ends: Vec<_> = [0, 3, 5, 6, 9, 10, 19, 20, 24, 25].map(|at| cover.end(at)).into();
        assert_eq!(ends, [Some(4), Some(6), Some(6), None, None, Some(20), Some(25), Some(25), Some(25), None]);
    }
}
