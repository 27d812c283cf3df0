//! What can be wrong with a playbook that is well formed.
//!
//! Decoders report what they cannot read; these checks look at what was read, as far as it was. An
//! error is what cannot be meant, a warning what is probably not meant, and a note what is worth
//! knowing.
//!
//! | code | severity | said of |
//! | --- | --- | --- |
//! | `never-holds` | error | a condition that never holds, or parts of an `all` that never do together |
//! | `never-due` | error | a guide whose `when` excludes its audience or its page |
//! | `always-holds` | warning | a condition that always holds, or parts of an `any` one of which always does |
//! | `redundant` | warning | a part of an `all` or `any` that adds nothing to another |
//! | `unreachable` | warning | what refers to a milestone, guide or audience that never is |
//! | `outdone` | warning | a guide or stage that another one always comes before |
//! | `unreachable-step` | warning | a step after one that does not lead on |
//! | `never-completed` | warning | a guide that is shown until it is completed, and never is |
//! | `useless-button` | warning | a button that leads back from the first step |
//! | `translation` | warning | a text that lacks a language which others have |
//! | `contrast` | warning | a colour on which no text can be read well |
//! | `similar-ids` | warning | ids that differ by letter case alone, or a guide named as something else |
//! | `unused` | warning | an audience that nothing refers to |
//! | `unused-event` | note | an event of the tracking plan that nothing refers to |
//! | `window-sum` | note | a sum over a window, which takes memory |
//!
//! The codes of decoders:
//!
//! | code | severity | said of |
//! | --- | --- | --- |
//! | `syntax` | error | what is not YAML, or not one document |
//! | `too-large` | error | what nests or unfolds beyond all bounds |
//! | `duplicate-key` | error | a key that stands in one mapping twice |
//! | `unknown-key` | error | a key that is not known where it stands |
//! | `missing-key` | error | a mapping that lacks a key |
//! | `wrong-type` | error | a value of another kind than is expected |
//! | `invalid-value` | error | a value of the right kind that makes no sense |
//! | `not-supported` | error | what the format has and this version does not |
//! | `several-conditions` | error | a mapping that says two conditions |
//! | `unknown-event` | error | an event that the tracking plan does not have |
//! | `unknown-property` | error | a property that the tracking plan does not have |
//! | `property-type` | error | a property that is compared with another type than the tracking plan has |
//! | `unknown-operator` | error | an operator that no query has |
//! | `query` | error or warning | a query that does not say what it compares, or compares nothing |
//! | `unknown-audience`, `unknown-milestone`, `unknown-guide` | error | a reference to what is not declared |
//! | `cycle` | error | references that lead back to where they began |
//! | `scope` | error | what is about a user in a condition on accounts, and the like |
//! | `guide-kind` | error | a step that does not suit its guide's kind |
//! | `event-name` | warning | an event that is not named `object.action` |

mod completion;
mod conditions;
mod contrast;
mod explain;
mod ids;
mod languages;
mod never_due;
mod place;
mod stages;
mod unused;
mod window_sum;

use super::logic::Logic;
use super::node::Node;
use super::reader::Reader;
use crate::Playbook;

/// Checks what was read of a playbook.
pub(super) fn check(reader: &mut Reader, document: &Node, playbook: &Playbook) {
    let owned = place::conditions(document, playbook);
    let logic = Logic::of_due_guides(playbook);
    conditions::check(reader, &owned, playbook, &logic);
    never_due::check(reader, document, playbook, &logic);
    stages::check(reader, document, playbook, &logic);
    window_sum::check(reader, document, playbook, &owned);
    completion::check(reader, document, playbook);
    languages::check(reader, document, playbook);
    contrast::check(reader, document, playbook);
    ids::check(reader, document);
    unused::check(reader, document);
}
