//! What is in a checklist: tasks that show how they are done, and which are.

use firstvalue_model::guide::Dismissal;

use super::node::{Node, button, node};
use super::{Act, OnAct, TITLE_ID, buttons, close_button, icon, progress, text};
use crate::app::Known;
use crate::content::guide::{Guide, Step};
use crate::content::screen::{Screen, own_buttons};

/// How a checklist stands.
#[derive(Debug, Clone, Copy)]
pub struct Tasks<'a> {
    /// The tasks are its steps.
    pub guide: &'a Guide,
    /// What the user has reached.
    pub known: &'a Known,
    /// The task that says more.
    pub open: Option<usize>,
    /// Whether only the heading is to be seen.
    pub folded: bool,
}

impl Tasks<'_> {
    /// Whether a task is done.
    pub fn is_done(&self, task: usize) -> bool {
        let milestone = self
            .guide
            .steps
            .get(task)
            .and_then(|step| step.done.as_ref());
        milestone.is_some_and(|milestone| self.known.has_reached(milestone))
    }

    /// How many tasks are done.
    fn done(&self) -> usize {
        let tasks = 0..self.guide.steps.len();
        tasks.filter(|task| self.is_done(*task)).count()
    }

    /// The first task that is not done.
    pub fn next(&self) -> Option<usize> {
        let mut tasks = 0..self.guide.steps.len();
        tasks.find(|task| !self.is_done(*task))
    }

    /// Whether a task waits for one before it.
    pub fn waits(&self, task: usize) -> bool {
        let is_before = |next| next < task;
        self.guide.checklist.ordered && !self.is_done(task) && self.next().is_some_and(is_before)
    }

    /// Whether users can send it away now.
    pub fn can_be_dismissed(&self) -> bool {
        match self.guide.checklist.dismiss {
            Dismissal::Always => true,
            Dismissal::WhenDone => self.next().is_none(),
            Dismissal::Never => false,
        }
    }
}

/// Draws what is in a checklist into it; `on_act` is told what the user does.
pub fn tasks(surface: Node, tasks: Tasks<'_>, screen: &Screen, on_act: &OnAct) -> Node {
    let steps = &tasks.guide.steps;
    let (done, count) = (tasks.done(), steps.len());
    let title = screen.title.as_deref().unwrap_or_default();
    let fold = button("fold", on_act, Act::Fold)
        .expanded(!tasks.folded)
        .child(node("span", "title").fixed("id", TITLE_ID).text(title))
        .child(progress(done, count, screen))
        .child(icon("M4 6l4 4 4-4"));
    let mut head = node("div", "head").child(fold);
    if !tasks.folded && tasks.can_be_dismissed() {
        head = head.child(close_button(screen, on_act));
    }
    let share = (100 * done / count.max(1)).to_string();
    let share = ["inline-size:", &share, "%"].concat();
    let bar = node("div", "").styled(&share);
    let meter = node("div", "meter").fixed("aria-hidden", "true").child(bar);
    let surface = surface.child(head).child(meter);
    if tasks.folded {
        return surface;
    }
    let mut list = node("ul", "body tasks");
    for (place, step) in steps.iter().enumerate() {
        list = list.child(task(step, place, tasks, screen, on_act));
    }
    let surface = surface.child(list);
    if done < count {
        return surface;
    }
    surface.child(node("div", "foot").child(buttons(&screen.buttons, false, false, on_act)))
}

fn task(step: &Step, place: usize, tasks: Tasks<'_>, screen: &Screen, on_act: &OnAct) -> Node {
    let (is_done, waits) = (tasks.is_done(place), tasks.waits(place));
    let open = tasks.open == Some(place) && !waits;
    let title = step.title.as_deref().unwrap_or_default();
    let mut heading = button("task", on_act, Act::Task(place))
        .expanded(open)
        .perhaps("aria-disabled", Some("true").filter(|_| waits))
        .child(node("span", "tick").child(icon("M4 8.5l2.7 2.7L12 5.4")))
        .child(node("span", "").text(title));
    if is_done {
        heading = heading.child(node("span", "unseen").text(screen.words.done));
    }
    let item = node("li", "").flag("data-done", is_done).child(heading);
    if !open {
        return item;
    }
    let body = step.body.as_deref().unwrap_or_default();
    let actions = buttons(&own_buttons(&step.actions), false, false, on_act);
    item.child(text(body, node("div", "more")).child(actions))
}
