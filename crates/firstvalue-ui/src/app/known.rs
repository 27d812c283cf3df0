//! What the renderer is told of the user besides the guide.

use crate::ALL;
use crate::content::json::Json;

/// What is known of the user when a guide begins.
#[derive(Debug, Default)]
pub struct Known {
    /// The milestones that they have reached.
    pub reached: Vec<String>,
    /// Whether the guide was folded up when they last saw it.
    pub folded: bool,
}

impl Known {
    /// Reads the context with which a guide is shown; what is missing is not so.
    pub fn read(context: &Json) -> Self {
        if !ALL {
            return Self::default();
        }
        let milestones = context.get("state").and_then(|it| it.get("milestones"));
        let is_reached = |id: &String| {
            let known = milestones
                .as_ref()
                .and_then(|it| it.get(id)?.get("reachedAt"));
            known.is_some_and(|at| at.number().is_some())
        };
        let ids = milestones.iter().flat_map(Json::keys);
        Self {
            reached: ids.filter(is_reached).collect(),
            folded: context.get("resting").and_then(|it| it.number()) == Some(1.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_the_core_package_says() {
        let context = r#"{"locale":"en","resting":1,"state":{"milestones":{
            "a":{"reachedAt":5,"timeToValue":1},
            "b":{"reachedAt":null,"timeToValue":null}}}}"#;
        let known = |text| Known::read(&Json::read(text).unwrap());
        let Known { reached, folded } = known(context);
        assert_eq!((reached, folded), (vec!["a".to_owned()], true));
        assert!(!known("{}").folded);
    }
}
