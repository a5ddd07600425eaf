// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/time.h"

#include <QString>

#include <tl/expected.hpp>

namespace Earshot {

/// Every way in which something can fail. Closed: what a person reads is made from it in ui/ and cli/.
enum class ErrorKind {
    // A network's answer (design section 5).
    authExpired, ///< sign in again
    permission,  ///< signed in, but not allowed; the detail names what is missing
    rateLimited, ///< come back at `until`
    quota,       ///< spent until `until`
    policy,      ///< the network forbids it; do not retry
    parentGone,  ///< what was to be answered no longer exists
    duplicate,   ///< the network says that it has this already
    tooLong,     ///< over the network's limit
    transient,   ///< try later: connection, time-out, 5xx
    unsure,      ///< sent, but no answer: it may or may not have arrived
    malformed,   ///< what came is not what the protocol says
    tooLarge,    ///< over a limit of ours (body, redirects, depth)
    gone,        ///< 410, or an address that will never answer again
    // The workspace and the desk.
    notFound,
    invalid,      ///< what a person or a program asked for makes no sense
    refused,      ///< a rule refused an action; the detail is the refusal's word
    locked,       ///< another process owns the file
    newerVersion, ///< the file was made by a newer Earshot
    damaged,      ///< the file is not sound
    diskFull,
    readOnly,
    tryAgain,   ///< COMMIT failed; nothing was remembered
    io,         ///< any other failure of disk or socket
    noKeychain, ///< secrets cannot be kept or read
    cancelled,
    unsupported, ///< this network or build cannot do it
    unknown,
    otherAccount, ///< a sign-in of somebody else than the channel speaks as; the detail is "theirs ≠ ours"
    certificate,  ///< the other end cannot prove who it is: its certificate is for another host, expired, not trusted
};

/// What went wrong: a kind for programs, a detail for the log (never a secret), and when to retry where that is known.
struct Error
{
    ErrorKind kind = ErrorKind::unknown;
    QString detail;
    Time until;

    bool operator==(const Error &) const = default;
};

template <class T>
using Result = tl::expected<T, Error>;

/// What an operation without a value answers.
using Done = Result<void>;

[[nodiscard]] inline tl::unexpected<Error> fail(ErrorKind kind, const QString &detail = {}, Time until = {})
{
    return tl::unexpected<Error>(Error{kind, detail, until});
}

} // namespace Earshot
