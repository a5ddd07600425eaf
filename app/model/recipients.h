// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/remote.h"

namespace Earshot {

/// What matters of a message for who hears of an answer to it.
struct AnsweredMessage
{
    QString authorHandle; ///< empty where it is our own
    QStringList mentions;
    Visibility visibility = Visibility::everyone;
};

/// Whom a reply notifies because it names them, the author first, each once. Empty on networks where a name in the text
/// tells nobody anything. A private reply to what many can read goes to its author alone.
[[nodiscard]] QStringList recipientsOf(Network network, const AnsweredMessage &answered, Visibility reply);

/// The names that do not stand in the text yet, as they go out before it ("@mira@social.example ").
/// @param ownDomain of our account: there "@mira" is enough
[[nodiscard]] QString missingNames(const QStringList &recipients, const QString &text, const QString &ownDomain);

/// Whom the text itself names so that the network notifies them, by their whole handles, each once. A name without a
/// server is one of ours.
[[nodiscard]] QStringList namedIn(Network network, const QString &text, const QString &ownDomain);

/// The content warning that goes out: our own, else the one of the message answered ("re: parcel").
[[nodiscard]] QString warningOf(const QString &own, const QString &answered);

} // namespace Earshot
