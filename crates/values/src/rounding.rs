//! Rounding has a name, and division happens only here.

/// How a fraction becomes a whole number. For negative numbers each is the mirror of its positive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rounding {
    /// Toward zero: tax.
    Down,
    /// Away from zero: instalments.
    Up,
    /// To the nearest, a half away from zero: interest, cost of goods.
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
    let (whole, rest) = (numerator / denominator, (numerator % denominator).abs());
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
}
