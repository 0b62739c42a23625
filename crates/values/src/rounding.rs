//! Rounding has a name, and division happens only here.

/// How a fraction becomes a whole number. For negative numbers each is the mirror of its positive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rounding {
    /// Toward zero: tax. 7 ÷ 2 is 3, −7 ÷ 2 is −3.
    Down,
    /// Away from zero: instalments. 7 ÷ 2 is 4, −7 ÷ 2 is −4.
    Up,
    /// To the nearest, a half away from zero: interest, cost of goods. 7 ÷ 2 is 4, −7 ÷ 2 is −4.
    HalfUp,
}

/// A number left 64 bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("angkanya terlalu besar")]
pub struct Overflow;

/// `numerator ÷ denominator` as a whole number.
///
/// # Errors
/// [`Overflow`] where the result leaves 64 bits or the denominator is not above zero.
pub(crate) fn divide(
    numerator: i128,
    denominator: i128,
    rounding: Rounding,
) -> Result<i64, Overflow> {
    if denominator <= 0 {
        return Err(Overflow);
    }
    let whole = numerator.checked_div(denominator).ok_or(Overflow)?;
    let rest = numerator.checked_rem(denominator).ok_or(Overflow)?.abs();
    let away = match rounding {
        Rounding::Down => false,
        Rounding::Up => rest > 0,
        Rounding::HalfUp => rest >= denominator - rest,
    };
    let step = if away && rest > 0 { numerator.signum() } else { 0 };
    i64::try_from(whole + step).map_err(|_| Overflow)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn each_rounding_does_what_its_name_says_on_both_sides_of_zero() {
        let cases = [
            (7, 2, 3, 4, 4),
            (-7, 2, -3, -4, -4),
            (1, 3, 0, 1, 0),
            (2, 3, 0, 1, 1),
            (6, 3, 2, 2, 2),
            (0, 5, 0, 0, 0),
            (-1, 3, 0, -1, 0),
        ];
        for (top, bottom, down, up, half) in cases {
            let of = |rounding| divide(top, bottom, rounding).unwrap();
            assert_eq!(of(Rounding::Down), down, "{top}/{bottom}");
            assert_eq!(of(Rounding::Up), up, "{top}/{bottom}");
            assert_eq!(of(Rounding::HalfUp), half, "{top}/{bottom}");
        }
        assert_eq!(divide(1, 0, Rounding::Down), Err(Overflow));
        assert_eq!(divide(i128::from(i64::MAX) + 1, 1, Rounding::Down), Err(Overflow));
    }

    proptest! {
        #[test]
        fn each_rounding_is_less_than_one_off_and_mirrors(
            top in any::<i64>(),
            bottom in 1_i64..1_000_000,
        ) {
            let (top, bottom) = (i128::from(top), i128::from(bottom));
            for rounding in [Rounding::Down, Rounding::Up, Rounding::HalfUp] {
                let Ok(whole) = divide(top, bottom, rounding) else { continue };
                let off = (i128::from(whole) * bottom - top).abs();
                prop_assert!(off < bottom);
                prop_assert!(rounding != Rounding::HalfUp || 2 * off <= bottom);
                if let Ok(mirrored) = divide(-top, bottom, rounding) {
                    prop_assert_eq!(i128::from(mirrored), -i128::from(whole));
                }
            }
        }
    }
}
