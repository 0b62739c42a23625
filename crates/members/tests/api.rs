//! What programs say, on both engines: the same request once, other content refused, strangers' numbers
//! unknown.
#![expect(clippy::unwrap_used, reason = "a test ends where a step fails")]

mod common;

use access::{Role, api_key};
use common::{World, joining, person};
use testkit::{Engine, SITI, Speaker, TAMANSARI, WANTI, hire, on_both, register, shell};
use values::{CoopId, PersonId};

const OTHER: CoopId = CoopId::new(327_301_100_101);
const YUYUN: PersonId = PersonId::from_bytes(*b"yuyun-pengawas--");
const NIK: &str = "3273095708850001";

/// A program with Siti's key, one with Wanti's of another cooperative, one that may only look.
struct Programs {
    world: World,
    speaker: Speaker,
    siti: String,
    stranger: String,
    looking: String,
}

impl Programs {
    async fn new(engine: &Engine) -> Programs {
        let world = World::open(engine).await;
        let (store, clock) = (&engine.store, &world.clock);
        register(store, OTHER).await.unwrap();
        let mut keys = Vec::new();
        let hired = [
            (SITI, "siti", Role::Bendahara, TAMANSARI),
            (WANTI, "wanti", Role::Bendahara, OTHER),
            (YUYUN, "yuyun", Role::Pengawas, TAMANSARI),
        ];
        for (person, name, role, coop) in hired {
            hire(store, clock, person, name, role, coop).await.unwrap();
            let named = "uji".to_owned();
            keys.push(api_key::make(store, person, coop, named, clock.now()).await.unwrap());
        }
        let speaker = Speaker::new(access::router(shell(store, clock), &members::routes()));
        let [siti, stranger, looking] = keys.try_into().unwrap();
        Programs { world, speaker, siti, stranger, looking }
    }

    async fn ask(&self, path: &str, key: &str) -> (u16, serde_json::Value) {
        let request =
            axum::http::Request::get(path).header("authorization", format!("Bearer {key}"));
        let told = self.speaker.send(request.body(axum::body::Body::empty()).unwrap()).await;
        (told.status, serde_json::from_str(&told.body).unwrap())
    }
}

fn request(place: u8) -> String {
    values::RequestId::from_bytes([place; 16]).to_text()
}

#[test]
fn an_application_is_recorded_once_and_the_nik_is_never_told() {
    on_both(async |engine| {
        let programs = Programs::new(&engine).await;
        let path = "/api/v1/members";
        let body = |name: &str| {
            let id = person(1);
            format!(
                r#"{{"member_id":"{id}","day":"2025-10-14","name":"{name}","sex":"P","nik":"{NIK}"}}"#
            )
        };
        let send = async |request: u8, name: &str| {
            programs
                .speaker
                .message(path, &programs.siti, &self::request(request), &body(name))
                .await
        };
        let first = send(1, "Eni").await;
        assert_eq!(first.status, 201, "{}", first.body);
        assert!(first.body.contains("\"nik_missing\":false") && !first.body.contains(NIK));
        let again = send(1, "Eni").await;
        assert_eq!((again.status, &again.body), (200, &first.body));
        let other = send(1, "Eny").await;
        assert_eq!(other.status, 409, "{}", other.body);
        assert!(other.body.contains("request.other_content"));
        assert_eq!(other.headers.get("content-type").unwrap(), "application/problem+json");
        let known = send(2, "Eni").await;
        assert!(known.status == 409 && known.body.contains("members.applied_before"));
        let wrong = body("Tati").replace(NIK, "1");
        let told = programs.speaker.message(path, &programs.siti, &request(3), &wrong).await;
        assert_eq!(told.status, 422);
        assert!(
            told.body.contains("\"field\":\"nik\"") && told.body.contains("members.nik_length")
        );
        let (key, said) = (&programs.looking, body("A"));
        let denied = programs.speaker.message(path, key, &request(4), &said).await;
        assert_eq!(denied.status, 403);
        let unread = programs.speaker.message(path, &programs.siti, &request(5), "{}").await;
        assert_eq!(unread.status, 400);
    });
}

#[test]
fn a_member_is_read_and_wajib_is_received_once() {
    on_both(async |engine| {
        let programs = Programs::new(&engine).await;
        programs.world.apply(1, joining("Eni")).await.unwrap();
        programs.world.approve(1).await.unwrap();
        programs.world.admit(1, 50_000).await.unwrap();
        let (status, read) = programs.ask("/api/v1/members/0001", &programs.looking).await;
        assert_eq!((status, &read["name"], &read["number"]), (200, &"Eni".into(), &"0001".into()));
        assert_eq!((&read["due_now"], &read["state"]), (&10_000.into(), &"member".into()));
        let path = "/api/v1/members/0001/wajib";
        let send = async |path: &str, key: &str, request: u8, amount: i64| {
            let body = format!(r#"{{"day":"2025-10-14","amount":{amount},"into":"safe"}}"#);
            programs.speaker.message(path, key, &self::request(request), &body).await
        };
        let siti = programs.siti.as_str();
        let first = send(path, siti, 1, 20_000).await;
        assert_eq!(first.status, 201, "{}", first.body);
        assert!(first.body.contains("2025-11") && first.body.contains("dua puluh ribu rupiah"));
        let again = send(path, siti, 1, 20_000).await;
        assert_eq!((again.status, &again.body), (200, &first.body));
        let other = send(path, siti, 1, 30_000).await;
        assert!(other.status == 409 && other.body.contains("request.other_content"));
        let odd = send(path, siti, 2, 15_000).await;
        assert!(odd.status == 422 && odd.body.contains("members.not_multiple"), "{}", odd.body);
        let (_, read) = programs.ask("/api/v1/members/1", siti).await;
        assert_eq!(read["months_paid"], serde_json::json!(["2025-10", "2025-11"]));
        for (key, number) in [(programs.stranger.as_str(), "0001"), (siti, "0002"), (siti, "x")] {
            let (status, told) = programs.ask(&format!("/api/v1/members/{number}"), key).await;
            assert_eq!((status, &told["code"]), (404, &"web.not_found".into()));
            let told = send(&format!("/api/v1/members/{number}/wajib"), key, 9, 10_000).await;
            assert_eq!(told.status, 404, "{}", told.body);
        }
        let denied = send(path, &programs.looking, 3, 10_000).await;
        assert_eq!(denied.status, 403);
        programs.world.holds().await;
    });
}
