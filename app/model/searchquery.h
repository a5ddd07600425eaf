// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/id.h"
#include "model/time.h"
#include "model/words.h"

#include <QStringList>
#include <QTimeZone>

namespace Earshot {

/// What somebody typed into the search field, understood. Words are prefixes while the last one is being typed.
/// `"a phrase"`, `-word`, `from:mira`, `tag:hardware`, `channel:blog`,
/// `is:open|pending|snoozed|resolved|mine|unassigned|unseen|draft|note|reply|private|trouble`, `priority:high`,
/// `before:2026-03-01`, `after:2026-02`. An unknown operator is searched as words. Parsed here for screen, command line
/// and server.
struct SearchQuery
{
    QStringList words; ///< each a prefix when `isPrefix` of the same index
    QList<bool> isPrefix;
    QList<QStringList> phrases;
    QStringList excluded;
    QString from;
    QString tag;
    QString channel;
    std::optional<Status> status;
    std::optional<MessageKind> kind;
    bool isMine = false;
    bool isUnassigned = false;
    bool isPrivate = false;
    bool hasTrouble = false;
    std::optional<Priority> priority;
    bool isDrafted = false; ///< who asks has begun to write there
    bool isUnseen = false;  ///< there is a message, or a note to who asks, that they have not seen
    Time before;
    Time after;
    QString problem; ///< an operator's value that makes no sense, in its own words; empty = all understood

    [[nodiscard]] bool isEmpty() const;
    /// The name of the operator whose value makes no sense.
    [[nodiscard]] QString problemOperator() const;
    /// What is not understood, and what would be: a sentence for terminals and clients, without its full stop.
    [[nodiscard]] QString problemInEnglish() const;
    bool operator==(const SearchQuery &) const = default;
};

/// What may stand after an operator that takes only certain words. Empty = it takes any, or a time.
[[nodiscard]] QStringList searchWords(const QString &operatorName);

/// @param isTyping the last word may go on: it is a prefix
/// @param zone whose days are named: of whoever reads the times of what is found
[[nodiscard]] SearchQuery parseSearch(const QString &text, bool isTyping = false,
                                      const QTimeZone &zone = QTimeZone::utc());

} // namespace Earshot
