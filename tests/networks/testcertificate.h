// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

namespace Earshot {

/// A key and its self-signed certificate for 127.0.0.1, of no use but in these tests (2020 to 2120).
constexpr char testKey[] = R"(
-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg3qjKSFqLyuaRfPnp
zoJPpzYhj68kAqIj4R3bmf0x/eGhRANCAAQd3sc84YzBYnemh4n+r86m94Cj+oRP
sQOZNkSUye/kVlL97yDKPlq/RnUBtIMJB7XyuKcVxjPvFsroykqg3Zeo
-----END PRIVATE KEY-----
)";

constexpr char testCertificate[] = R"(
-----BEGIN CERTIFICATE-----
MIIBezCCASCgAwIBAgIUAjMbLVBeyEcmWu9hxdc+A2AQtUswCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJMTI3LjAuMC4xMCAXDTIwMDEwMTAwMDAwMFoYDzIxMjAwMTAx
MDAwMDAwWjAUMRIwEAYDVQQDDAkxMjcuMC4wLjEwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAAQd3sc84YzBYnemh4n+r86m94Cj+oRPsQOZNkSUye/kVlL97yDKPlq/
RnUBtIMJB7XyuKcVxjPvFsroykqg3Zeoo04wTDAaBgNVHREEEzARhwR/AAABggls
b2NhbGhvc3QwDwYDVR0TAQH/BAUwAwEB/zAdBgNVHQ4EFgQUG4FI9bCSry4QjDPF
2Np4anIzyfMwCgYIKoZIzj0EAwIDSQAwRgIhAJMFfderiJ3Iwb4GC1XY3YBBvP5D
pCexGxlokG2ZuIa6AiEAqaOecKgv8DNBjb7K4823B9cI0B8jbHOkyNnS/m1SRb8=
-----END CERTIFICATE-----
)";

/// A self-signed one of the same key for elsewhere.example.
constexpr char certificateOfAnotherHost[] = R"(
-----BEGIN CERTIFICATE-----
MIIBeDCCAR+gAwIBAgIBATAKBggqhkjOPQQDAjAcMRowGAYDVQQDDBFlbHNld2hl
cmUuZXhhbXBsZTAgFw0yMDAxMDEwMDAwMDBaGA8yMTIwMDEwMTAwMDAwMFowHDEa
MBgGA1UEAwwRZWxzZXdoZXJlLmV4YW1wbGUwWTATBgcqhkjOPQIBBggqhkjOPQMB
BwNCAAQd3sc84YzBYnemh4n+r86m94Cj+oRPsQOZNkSUye/kVlL97yDKPlq/RnUB
tIMJB7XyuKcVxjPvFsroykqg3Zeoo1AwTjAcBgNVHREEFTATghFlbHNld2hlcmUu
ZXhhbXBsZTAPBgNVHRMBAf8EBTADAQH/MB0GA1UdDgQWBBQbgUj1sJKvLhCMM8XY
2nhqcjPJ8zAKBggqhkjOPQQDAgNHADBEAiB1HkDD3S3hqnTm3uPLdDxNa6jLCT/f
s/yyI2U+bClfdgIgUaeHRVy0Hso8l+mWXe2vrEIbnmNuMbAoDBKUOhZm6p0=
-----END CERTIFICATE-----
)";

/// A self-signed one of the same key for 127.0.0.1, of the year 2020 only.
constexpr char expiredCertificate[] = R"(
-----BEGIN CERTIFICATE-----
MIIBZjCCAQugAwIBAgIBAjAKBggqhkjOPQQDAjAUMRIwEAYDVQQDDAkxMjcuMC4w
LjEwHhcNMjAwMTAxMDAwMDAwWhcNMjEwMTAxMDAwMDAwWjAUMRIwEAYDVQQDDAkx
MjcuMC4wLjEwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAQd3sc84YzBYnemh4n+
r86m94Cj+oRPsQOZNkSUye/kVlL97yDKPlq/RnUBtIMJB7XyuKcVxjPvFsroykqg
3Zeoo04wTDAaBgNVHREEEzARhwR/AAABgglsb2NhbGhvc3QwDwYDVR0TAQH/BAUw
AwEB/zAdBgNVHQ4EFgQUG4FI9bCSry4QjDPF2Np4anIzyfMwCgYIKoZIzj0EAwID
SQAwRgIhAMYNV6ZCtGegxmSF+Aor4Lh9cbntxQSOsTNNYPxFQclSAiEA65rxP8ZD
qlWwPlVpiNfIvGlpeyegTtQLBcvwzLQkeUk=
-----END CERTIFICATE-----
)";

/// The same for the years 2100 to 2120 only.
constexpr char futureCertificate[] = R"(
-----BEGIN CERTIFICATE-----
MIIBaDCCAQ+gAwIBAgIBAzAKBggqhkjOPQQDAjAUMRIwEAYDVQQDDAkxMjcuMC4w
LjEwIhgPMjEwMDAxMDEwMDAwMDBaGA8yMTIwMDEwMTAwMDAwMFowFDESMBAGA1UE
AwwJMTI3LjAuMC4xMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEHd7HPOGMwWJ3
poeJ/q/OpveAo/qET7EDmTZElMnv5FZS/e8gyj5av0Z1AbSDCQe18rinFcYz7xbK
6MpKoN2XqKNOMEwwGgYDVR0RBBMwEYcEfwAAAYIJbG9jYWxob3N0MA8GA1UdEwEB
/wQFMAMBAf8wHQYDVR0OBBYEFBuBSPWwkq8uEIwzxdjaeGpyM8nzMAoGCCqGSM49
BAMCA0cAMEQCIGufB3yDATdSQWsxWwW0ToaJtgG03z0f7ceUCBQ1chWlAiAvIkCv
/NicZeNNWIp6CDESy8za5rErWgTNAzSmwNft/A==
-----END CERTIFICATE-----
)";

} // namespace Earshot
