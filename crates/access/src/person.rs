//! Persons and their seats.
//!
//! A person is known once, whatever they do and wherever. A seat is what they are in one cooperative
//! or office, from a day and perhaps to a day; it is ended, never deleted.

use serde::{Deserialize, Serialize};
use store::{Failure, Fault, Later, Tx};
use values::{CoopId, Ctx, Day, PersonId, SeatId};

use crate::{AccessRefusal, Role};

/// The event's name in the commands table.
pub const ADD_KIND: &str = "access.add_person";
/// The event's name in the commands table.
pub const GRANT_KIND: &str = "access.grant_seat";
/// The event's name in the commands table.
pub const END_KIND: &str = "access.end_seat";

/// A person to be known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewPerson {
    /// Made when the form opened.
    pub person: PersonId,
    /// As neighbours call them.
    pub name: String,
    /// How they sign in; lower case.
    pub sign_in_name: String,
}

/// Adds a person without a password; a one-time code lets them set one.
///
/// # Errors
/// [`AccessRefusal`]: name missing, malformed or taken.
pub async fn add(tx: &mut Tx, ctx: &Ctx, input: &NewPerson) -> Result<PersonId, Failure> {
    let sign_in_name = input.sign_in_name.trim().to_lowercase();
    if input.name.trim().is_empty() {
        return Err(AccessRefusal::NameMissing.into());
    }
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '.' | '-');
    if !(3..=40).contains(&sign_in_name.len()) || !sign_in_name.chars().all(plain) {
        return Err(AccessRefusal::NameMalformed.into());
    }
    let taken: Option<(PersonId,)> =
        tx.maybe("select person_id from persons where sign_in_name = $2", &[&sign_in_name]).await?;
    if taken.is_some() {
        return Err(AccessRefusal::NameTaken.into());
    }
    tx.run(
        "insert into persons (person_id, name, sign_in_name, language, created_at)
         values ($2, $3, $4, 'id', $5)",
        1,
        &[&input.person, &input.name.trim(), &sign_in_name, &ctx.at],
    )
    .await?;
    Ok(input.person)
}

/// A seat to be given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewSeat {
    /// Made when the form opened.
    pub seat: SeatId,
    /// Who sits in it.
    pub person: PersonId,
    /// As what.
    pub role: Role,
    /// Where within the cooperative; empty for all of it.
    pub place: String,
    /// First day.
    pub from_day: Day,
    /// Last day, for a delegation or a contract.
    pub through_day: Option<Day>,
    /// Whose seat is delegated, by letter.
    pub delegated_from: Option<PersonId>,
}

/// A seat as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seat {
    /// Its id.
    pub seat: SeatId,
    /// Who sits in it.
    pub person: PersonId,
    /// Their name.
    pub name: String,
    /// As what.
    pub role: Role,
    /// First day.
    pub from_day: Day,
    /// Last day, if one is set.
    pub through_day: Option<Day>,
}

impl Seat {
    /// Whether it is held on a day.
    #[must_use]
    pub fn held_on(&self, day: Day) -> bool {
        self.from_day <= day && self.through_day.is_none_or(|last| day <= last)
    }
}

/// Gives a person a seat in the command's cooperative.
///
/// # Errors
/// [`AccessRefusal`]: unknown person, seat held, roles that exclude each other.
pub async fn grant(tx: &mut Tx, ctx: &Ctx, input: &NewSeat) -> Result<SeatId, Failure> {
    let known: Option<(String,)> =
        tx.maybe("select name from persons where person_id = $2", &[&input.person]).await?;
    if known.is_none() {
        return Err(AccessRefusal::UnknownPerson.into());
    }
    let overlapping = seats(tx).await?.into_iter().filter(|seat| {
        let starts_before_end = input.through_day.is_none_or(|last| seat.from_day <= last);
        seat.person == input.person
            && starts_before_end
            && seat.through_day.is_none_or(|last| last >= input.from_day)
    });
    for seat in overlapping {
        if seat.role == input.role {
            return Err(AccessRefusal::SeatHeld { role: seat.role.name() }.into());
        }
        if seat.role.excludes(input.role) {
            let (first, second) = (seat.role.name(), input.role.name());
            return Err(AccessRefusal::RolesExclude { first, second }.into());
        }
    }
    tx.run(
        "insert into seats (seat_id, person_id, coop_id, role, place, from_day, through_day,
                granted_by, granted_at, delegated_from)
         values ($2, $3, $1, $4, $5, $6, $7, $8, $9, $10)",
        1,
        &[
            &input.seat,
            &input.person,
            &input.role.code(),
            &input.place,
            &input.from_day,
            &input.through_day,
            &ctx.person,
            &ctx.at,
            &input.delegated_from,
        ],
    )
    .await?;
    Ok(input.seat)
}

/// Ends a seat of the command's cooperative with today, and the person's sessions there.
///
/// # Errors
/// [`AccessRefusal::UnknownSeat`].
pub async fn end(tx: &mut Tx, ctx: &Ctx, seat: &SeatId) -> Result<(), Failure> {
    let yesterday = ctx.day().previous();
    let ended: Option<(PersonId,)> = tx
        .maybe(
            "update seats set through_day = $3 where coop_id = $1 and seat_id = $2
                and (through_day is null or through_day > $3) returning person_id",
            &[seat, &yesterday],
        )
        .await?;
    let Some((person,)) = ended else { return Err(AccessRefusal::UnknownSeat.into()) };
    tx.run_any(
        "update sessions set ended_at = $3
          where coop_id = $1 and person_id = $2 and ended_at is null",
        &[&person, &ctx.at],
    )
    .await?;
    Ok(())
}

/// All seats of the cooperative, those that ended too.
///
/// # Errors
/// A fault.
pub async fn seats(tx: &mut Tx) -> Result<Vec<Seat>, Failure> {
    type Row = (SeatId, PersonId, String, String, Day, Option<Day>);
    let rows: Vec<Row> = tx
        .all(
            "select s.seat_id, s.person_id, p.name, s.role, s.from_day, s.through_day
               from seats s join persons p on p.person_id = s.person_id
              where s.coop_id = $1 order by s.from_day, s.seat_id",
            &[],
        )
        .await?;
    let seats = rows.into_iter().filter_map(|(seat, person, name, role, from_day, through_day)| {
        let role = Role::from_code(&role)?;
        Some(Seat { seat, person, name, role, from_day, through_day })
    });
    Ok(seats.collect())
}

/// Asks for the name of a person.
///
/// # Errors
/// A fault.
pub async fn ask_name(tx: &mut Tx, person: PersonId) -> Result<Later<(String,)>, Fault> {
    tx.later("select name from persons where person_id = $2", &[&person]).await
}

/// Cooperatives in which a person holds a seat on a day, with their names and roles.
///
/// # Errors
/// A fault.
pub async fn places_of(
    tx: &mut Tx,
    person: PersonId,
    day: Day,
) -> Result<Vec<(CoopId, String, Vec<Role>)>, Failure> {
    let rows: Vec<(CoopId, String, String)> = tx
        .all(
            "select s.coop_id, c.name, s.role from seats s
               join cooperatives c on c.coop_id = s.coop_id
              where s.person_id = $2 and s.from_day <= $3
                and (s.through_day is null or s.through_day >= $3)
              order by s.coop_id, s.role",
            &[&person, &day],
        )
        .await?;
    let mut places: Vec<(CoopId, String, Vec<Role>)> = Vec::new();
    for (coop, name, role) in rows {
        let Some(role) = Role::from_code(&role) else { continue };
        match places.last_mut() {
            Some((last, _, roles)) if *last == coop => roles.push(role),
            _ => places.push((coop, name, vec![role])),
        }
    }
    Ok(places)
}
