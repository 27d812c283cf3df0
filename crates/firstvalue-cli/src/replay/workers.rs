//! Doing the same with several things at once, a thread for each.

/// Does `work` with each of `items`, all at the same time, and gives what came of it in their
/// order. The first of them is the caller's own.
pub fn map<I: Send, O: Send>(items: Vec<I>, work: impl Fn(I) -> O + Sync) -> Vec<O> {
    std::thread::scope(|scope| {
        let mut items = items.into_iter();
        let first = items.next();
        let work = &work;
        let others: Vec<_> = items.map(|item| scope.spawn(move || work(item))).collect();
        let first = first.map(work);
        let others = others.into_iter().map(|thread| {
            thread
                .join()
                .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        });
        first.into_iter().chain(others).collect()
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn results_come_in_the_order_of_items() {
        assert_eq!(
            super::map((0..9).collect(), |n: i32| n * n),
            [0, 1, 4, 9, 16, 25, 36, 49, 64]
        );
        assert!(super::map(Vec::<i32>::new(), |n| n).is_empty());
    }
}
