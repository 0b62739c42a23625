//! Sharing a whole without losing or inventing a rupiah: the largest remainder.

/// All weights are zero, or there are none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("tidak ada bobot untuk membagi")]
pub struct NothingToShareBy;

/// Shares `total` in proportion to weights, in whole units that sum to it exactly.
///
/// Each gets the whole part of its quota; what is left goes one by one to the largest fractions
/// (Hamilton's method), on a tie to the earlier place. A negative total is the mirror of a positive.
///
/// # Errors
/// [`NothingToShareBy`] where no weight is above zero.
pub fn share(total: i64, weights: &[u64]) -> Result<Vec<i64>, NothingToShareBy> {
    let sum: u128 = weights.iter().map(|&weight| u128::from(weight)).sum();
    if sum == 0 {
        return Err(NothingToShareBy);
    }
    let pool = u128::from(total.unsigned_abs());
    let mut parts: Vec<u128> = Vec::with_capacity(weights.len());
    let mut fractions: Vec<(u128, usize)> = Vec::with_capacity(weights.len());
    for (place, &weight) in weights.iter().enumerate() {
        let quota = pool * u128::from(weight);
        parts.push(quota / sum);
        fractions.push((quota % sum, place));
    }
    let left = pool - parts.iter().sum::<u128>();
    fractions.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    let count = usize::try_from(left).expect("fewer units are left than there are weights");
    for (_, place) in fractions.into_iter().take(count) {
        parts[place] += 1;
    }
    let signed = parts.into_iter().map(|part| {
        let part = i128::try_from(part).expect("a part is no larger than the whole");
        let signed = if total < 0 { -part } else { part };
        i64::try_from(signed).expect("a part is no larger than the whole")
    });
    Ok(signed.collect())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn ties_go_to_the_earlier_place() {
        assert_eq!(share(100, &[1, 1, 1]), Ok(vec![34, 33, 33]));
        assert_eq!(share(1, &[1, 1]), Ok(vec![1, 0]));
        assert_eq!(share(50, &[1, 1, 1]), Ok(vec![17, 17, 16]));
    }

    #[test]
    fn the_surplus_of_a_year_is_shared_as_the_worked_example_says() {
        let paid_in = [1_250_000, 600_000, 600_000, 2_400_000, 150_000];
        assert_eq!(
            share(20_618_518, &paid_in),
            Ok(vec![5_154_629, 2_474_222, 2_474_222, 9_896_889, 618_556])
        );
        let bought = [3_456_000, 0, 12_345_678, 987_654, 5_000_001];
        assert_eq!(
            share(34_364_197, &bought),
            Ok(vec![5_450_496, 0, 19_470_505, 1_557_640, 7_885_556])
        );
    }

    #[test]
    fn a_negative_whole_is_the_mirror_and_the_largest_numbers_fit() {
        assert_eq!(share(-100, &[1, 1, 1]), Ok(vec![-34, -33, -33]));
        assert_eq!(share(i64::MIN, &[1]), Ok(vec![i64::MIN]));
        let half = i64::MAX.div_euclid(2);
        assert_eq!(share(i64::MAX, &[u64::MAX, u64::MAX]), Ok(vec![half + 1, half]));
        assert_eq!(share(0, &[1, 2]), Ok(vec![0, 0]));
        assert_eq!(share(7, &[0, 1]), Ok(vec![0, 7]));
    }

    #[test]
    fn nothing_to_share_by_is_said() {
        assert_eq!(share(100, &[]), Err(NothingToShareBy));
        assert_eq!(share(100, &[0, 0]), Err(NothingToShareBy));
    }

    proptest! {
        #[test]
        fn parts_sum_to_the_whole_and_none_is_off_by_one_or_more(
            total in any::<i64>(),
            weights in proptest::collection::vec(0_u64..1_000_000_000, 1..40),
        ) {
            prop_assume!(weights.iter().any(|&weight| weight > 0));
            let parts = share(total, &weights).unwrap();
            prop_assert_eq!(parts.iter().map(|&p| i128::from(p)).sum::<i128>(), i128::from(total));
            let sum: i128 = weights.iter().map(|&w| i128::from(w)).sum();
            for (&part, &weight) in parts.iter().zip(&weights) {
                let off = i128::from(part) * sum - i128::from(total) * i128::from(weight);
                prop_assert!(off.abs() < sum);
            }
        }

        #[test]
        fn a_larger_weight_never_gets_less(
            total in 0_i64..1_000_000_000,
            weights in proptest::collection::vec(0_u64..1_000, 1..20),
        ) {
            prop_assume!(weights.iter().any(|&weight| weight > 0));
            let parts = share(total, &weights).unwrap();
            for (one, &weight) in weights.iter().enumerate() {
                for (other, &lighter) in weights.iter().enumerate() {
                    let earlier_twin = lighter == weight && one < other;
                    if lighter < weight || earlier_twin {
                        prop_assert!(parts[one] >= parts[other]);
                    }
                }
            }
        }

        #[test]
        fn in_another_order_everyone_gets_the_same_where_nothing_is_tied(
            total in 0_i64..1_000_000_000,
            weighted in proptest::collection::vec((1_u64..1_000_000, any::<u32>()), 1..12),
        ) {
            let weights: Vec<u64> = weighted.iter().map(|(weight, _)| *weight).collect();
            let sum: i128 = weights.iter().map(|&w| i128::from(w)).sum();
            let rest = |weight: u64| (i128::from(total) * i128::from(weight)).rem_euclid(sum);
            let fractions: std::collections::BTreeSet<i128> =
                weights.iter().map(|&weight| rest(weight)).collect();
            prop_assume!(fractions.len() == weights.len());
            let mut order: Vec<usize> = (0..weights.len()).collect();
            order.sort_by_key(|&place| weighted[place].1);
            let shuffled: Vec<u64> = order.iter().map(|&place| weights[place]).collect();
            let (parts, again) = (share(total, &weights).unwrap(), share(total, &shuffled).unwrap());
            for (position, &place) in order.iter().enumerate() {
                prop_assert_eq!(again[position], parts[place]);
            }
        }
    }
}
