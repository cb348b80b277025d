//! The answer to a Match or a Sort in the making.

/// An assignment of items to targets. In a Match the items are left sides and the targets right sides; in a
/// Sort the items go into bins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assignment {
    /// The target of each item; `None` while it is unassigned.
    pub target_of: Vec<Option<usize>>,
    /// Number of targets.
    pub target_count: usize,
    /// Whether a target takes only one item, as in a Match.
    pub exclusive: bool,
    /// The item that the next digit key assigns.
    pub held: Option<usize>,
    /// Assigned items in the order of assignment, so that the last one can be undone.
    pub history: Vec<usize>,
}

impl Assignment {
    /// No item has a target yet.
    pub(in crate::app) fn new(items: usize, target_count: usize, exclusive: bool) -> Self {
        Self { target_of: vec![None; items], target_count, exclusive, held: None, history: Vec::new() }
    }

    /// Restores the targets of an earlier answer, unless it had another number of items.
    pub(in crate::app) fn restore(&mut self, targets: &[Option<usize>]) {
        if self.target_of.len() == targets.len() {
            self.history = (0..targets.len()).filter(|item| targets[*item].is_some()).collect();
            self.target_of = targets.to_vec();
        }
    }

    /// Items without a target, in the order shown.
    pub fn unassigned(&self) -> Vec<usize> {
        (0..self.target_of.len()).filter(|item| self.target_of[*item].is_none()).collect()
    }

    /// Items of a target, in the order shown.
    pub fn items_in(&self, target: usize) -> Vec<usize> {
        (0..self.target_of.len()).filter(|item| self.target_of[*item] == Some(target)).collect()
    }

    /// Assigns an item to a target, and releases the held item. An exclusive target loses its previous item.
    pub fn assign(&mut self, item: usize, target: usize) {
        if item >= self.target_of.len() || target >= self.target_count {
            return;
        }
        if self.exclusive {
            for other in self.items_in(target) {
                self.unassign(other);
            }
        }
        self.history.retain(|other| *other != item);
        self.target_of[item] = Some(target);
        self.history.push(item);
        self.held = None;
    }

    /// Takes an item out of its target and holds it, so that it can be assigned once more.
    pub fn pick_up(&mut self, item: usize) {
        self.unassign(item);
        self.held = Some(item);
    }

    fn unassign(&mut self, item: usize) {
        if let Some(target) = self.target_of.get_mut(item) {
            *target = None;
            self.history.retain(|other| *other != item);
        }
    }

    /// Holds the unassigned item at `index`, or assigns the held one to the target at `index`. `None` if there is none.
    pub(in crate::app) fn press(&mut self, index: usize) -> Option<()> {
        match self.held {
            Some(item) if index < self.target_count => self.assign(item, index),
            Some(_) => return None,
            None => self.held = Some(*self.unassigned().get(index)?),
        }
        Some(())
    }

    /// Holds the unassigned item `step` places from the held one. `None` beyond the ends.
    pub(in crate::app) fn move_cursor(&mut self, step: isize) -> Option<()> {
        let unassigned = self.unassigned();
        let now = self.held.and_then(|held| unassigned.iter().position(|item| *item == held));
        let to = now.map_or(Some(0), |now| now.checked_add_signed(step))?;
        self.held = Some(*unassigned.get(to)?);
        Some(())
    }

    /// Lets go of the held item, or else takes back the last assignment. `None` if there is neither.
    pub(in crate::app) fn undo(&mut self) -> Option<()> {
        if self.held.take().is_none() {
            let item = self.history.pop()?;
            self.target_of[item] = None;
        }
        Some(())
    }
}
