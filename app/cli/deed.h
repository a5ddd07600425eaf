// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "cli/call.h"

#include <QJsonObject>

namespace Earshot {

/// One action of a command and what it is told as.
struct Deed
{
    Action action;
    QString subject;  ///< "#4411", "delivery 12": begins its line
    QString done;     ///< "claimed"
    QJsonObject json; ///< what names it with --json, beside the outcome
    QString made;     ///< what the outcome's `created` is, as a JSON key: "delivery"; empty = it makes nothing
};

/// Does all of them in order, prints a line or a JSON object for each, and answers the outcomes. In JSON they stand in
/// an array, or alone when `isSingle`. Errors: the first refusal's kind; the detail tells all of them.
[[nodiscard]] Result<QList<Outcome>> doAll(Call &call, const QList<Deed> &deeds, bool isSingle);

/// An action on a conversation as it is before the eyes now: --based-on names an earlier state, --force leaves out the
/// tests for what others did meanwhile.
[[nodiscard]] Result<Deed> deedOn(Call &call, const ConversationRecord &conversation, ActionArguments arguments,
                                  const QString &done);

} // namespace Earshot
