// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "workspace/wirerows.h"

#include <QJsonValue>
#include <QList>
#include <QStringList>

namespace Earshot {

/// A command of the page, as it stands there, and what is promised below it.
struct PageExample
{
    QString command;
    QString promised; ///< without the "# "; empty = nothing is shown
    QString output;   ///< what it did answer, once it has run

    /// What it calls: "Tag/get" of `call Tag/get`, "claim" of `act claim`; empty = something else.
    [[nodiscard]] QString calledMethod() const;
    [[nodiscard]] QString performedKind() const;
    [[nodiscard]] bool isAssignment() const;
};

/// A line of a dialogue over WebSockets.
struct PageMessage
{
    QString speaker; ///< empty = the reader
    bool isSent = false;
    QString text;
};

/// A row of the tables of properties.
struct PageProperty
{
    QStringList names;
    QString form;
};

/// One heading "### Type, Type" with its table.
struct PageTypes
{
    QStringList types;
    QList<PageProperty> properties;
};

/// The page for people who integrate.
struct ProtocolPage
{
    QString text;
    QString prelude; ///< the first block: what all examples need
    QList<PageExample> examples;
    QList<QList<PageMessage>> dialogues; ///< one a block, in their order
    QList<PageTypes> types;
};

/// What the page says of a column of that form.
[[nodiscard]] QString formCell(WireForm form);

[[nodiscard]] ProtocolPage readPage(const QString &path);

/// Runs the examples one after another in one shell, as a person would paste them, and keeps what each answers.
/// @param setUp lines before the prelude
/// @return what went wrong with the shell itself; empty = nothing
[[nodiscard]] QString runExamples(ProtocolPage &page, const QString &setUp, const QString &folder);

/// What stands below a `call` or an `act`, of a whole response; other values as they are.
[[nodiscard]] QJsonValue shownPart(const QJsonValue &response, bool isAct);

/// Where the answer is not as the page shows it; empty = it is. The page's words: an object may have more members,
/// "..." is any value but null, "..." within a text any text, a list that ends with "..." may go on.
[[nodiscard]] QString difference(const QJsonValue &promised, const QJsonValue &actual, const QString &path = {});

/// The value that a text of JSON is; undefined = it is none.
[[nodiscard]] QJsonValue valueOfJson(const QString &text);

/// Whether a text is one with "..." in it.
[[nodiscard]] bool fits(const QString &promised, const QString &actual);

} // namespace Earshot
