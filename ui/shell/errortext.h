// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/error.h"
#include "model/outcome.h"
#include "model/words.h"

#include <QCoreApplication>

namespace Earshot {

/// The sentence that a person reads for something that went wrong. Details are for the log; a network's own words are
/// appended only where nothing else tells what to do.
class ErrorText final
{
    Q_DECLARE_TR_FUNCTIONS(Earshot::ErrorText)

public:
    [[nodiscard]] static QString of(const Error &error);
    [[nodiscard]] static QString of(const Refusal &refusal);
    /// The same for what a person has just tried, at a server or a network: nothing tries it again by itself.
    [[nodiscard]] static QString ofAttempt(const Error &error);
    /// What a detail says that is in known words; empty where they are not.
    [[nodiscard]] static QString knownReason(const QString &detail);
    /// What a rule says in its detail, as a sentence.
    [[nodiscard]] static QString reason(const QString &detail);
    /// Why a delivery failed. @param failure word of an ErrorKind or of a rule ("stale", "waitedLong",
    /// "answeredElsewhere", "copied")
    [[nodiscard]] static QString ofDelivery(const QString &failure, const QString &detail);
    /// What is wrong with the other end's certificate, and what can be done.
    [[nodiscard]] static QString ofCertificate(const QString &detail);
    [[nodiscard]] static QString ofInterception(QLatin1StringView words);
    /// How a channel is, in a few words.
    [[nodiscard]] static QString of(Health health);
    /// Whether it has the shape of a warning wherever it is shown: a channel that is not heard now.
    [[nodiscard]] static bool isTrouble(Health health) { return health != Health::ok && health != Health::unknown; }
    /// What can be done about it; empty when nothing needs doing.
    [[nodiscard]] static QString remedy(Health health);
};

} // namespace Earshot
