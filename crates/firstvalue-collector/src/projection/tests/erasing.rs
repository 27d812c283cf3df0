//! Erasing reads again only what was done by those whom it concerns.

use firstvalue_store::{Deed, Erased, Erasure};

use super::*;

async fn erase(store: &SqliteStore, user: &str) -> Erased {
    let whom = Erasure {
        user: user.to_owned(),
        joined: false,
    };
    let deed = Box::new(|_: &Erased| Deed {
        at: 0,
        actor: String::new(),
        action: "erase",
        subject: String::new(),
        detail: String::new(),
    });
    store.erase(whom, deed).await.unwrap()
}

#[tokio::test]
async fn only_those_concerned_are_decided_anew() {
    let log = changing();
    let others = read(
        r#"
        {"type":"group","userId":"u7","groupId":"h","timestamp":20}
        {"userId":"u8","event":"a","timestamp":21}"#,
    );
    let (_folder, store) = stored(&[&log[..], &others].concat()).await;
    let reader = store.reader().unwrap();
    let mut projection = Projection::new(playbook());
    projection.catch_up(&*reader).unwrap();
    assert!(reached(&projection)[1].contains_key("u1"));

    let erased = erase(&store, "u2").await;
    // What others did could not even be read.
    projection.erase(&erased, &*reader).unwrap();
    let of_others = r#"UPDATE events SET body = '{}' WHERE user_id IN ('u7', 'u8')"#;
    rusqlite::Connection::open(_folder.path().join("firstvalue.db"))
        .unwrap()
        .execute_batch(of_others)
        .unwrap();
    projection.complete(&*reader).unwrap();
    let left: Vec<_> = log
        .into_iter()
        .chain(others)
        .filter(|message| message.user() != Some("u2"))
        .collect();
    assert_eq!(reached(&projection), replayed(&left));
    assert_eq!((projection.users(), projection.events().0), (3, 5));
    assert_eq!(projection.account_of("u7"), Some("h"));
}

#[tokio::test]
async fn what_was_taken_out_unnoticed_is_found_out_by_the_next_erasure() {
    let (_folder, store) = stored(&changing()).await;
    let reader = store.reader().unwrap();
    let mut projection = Projection::new(playbook());
    projection.catch_up(&*reader).unwrap();
    let unheard = erase(&store, "u1").await;
    let heard = erase(&store, "u2").await;
    projection.erase(&heard, &*reader).unwrap();
    projection.complete(&*reader).unwrap();
    assert_eq!((projection.users(), projection.events().0), (0, 0));
    assert_eq!(projection.removals, 6);
    // It comes after everything was read.
    projection.erase(&unheard, &*reader).unwrap();
    assert!(!projection.stale);
}

#[tokio::test]
async fn conditions_on_pages_hold_again_when_the_last_page_is_gone() {
    const PAGES: &str = "
version: 1
product: Ledgerly
milestones:
  looked: { title: Looked, when: { all: [ { did: a }, { page: /reports/* } ] } }
";
    let log = read(
        r#"
        {"userId":"u1","event":"a","timestamp":1}
        {"type":"page","userId":"u2","timestamp":3,"properties":{"path":"/reports/7"}}"#,
    );
    let (_folder, store) = stored(&[]).await;
    let events = log.iter().enumerate().map(|(id, message)| NewEvent {
        name: (message.kind == MessageKind::Page).then(|| PAGE_VIEWED.to_owned()),
        ..new(message, id)
    });
    store.append(events.collect(), vec![]).await.unwrap();
    let reader = store.reader().unwrap();
    let playbook = firstvalue_engine::compile(&source::read(PAGES).playbook.unwrap());
    let mut projection = Projection::new(playbook);
    projection.complete(&*reader).unwrap();
    assert_eq!(reached(&projection)[0].len(), 0);
    projection
        .erase(&erase(&store, "u2").await, &*reader)
        .unwrap();
    projection.complete(&*reader).unwrap();
    assert!(reached(&projection)[0].contains_key("u1"));
}
