// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "desk/desk.h"

class QWidget;

namespace Earshot {

class CommandRegistry;
class InboxPane;
class SearchPane;
class SearchReach;
struct ListExport;

/// Writes the shown list, or what is marked in it, or all conversations that a search finds, to a file for a
/// spreadsheet or a script.
class Exporting final : public QObject
{
    Q_OBJECT

public:
    /// All outlive this. @param window parent of the dialogs
    Exporting(Desk &desk, InboxPane &inbox, SearchPane &search, const SearchReach &reach, QWidget *window);
    void addCommands(CommandRegistry &commands);
    /// Without asking where: a name that ends with .jsonl gets lines of JSON, with the messages; others get CSV.
    void exportTo(const QString &path);

Q_SIGNALS:
    /// A long one that was put aside has ended.
    void ended(bool isGood, const QString &sentence);

private:
    void exportTo(const QString &path, ListExport list);
    void ask();
    /// Whether what was found is what is shown.
    [[nodiscard]] bool isOfHits() const;
    [[nodiscard]] QString titleOfHits() const;
    [[nodiscard]] ListExport wish() const;
    /// What a file will not have; empty = it will have all.
    [[nodiscard]] QString missing(bool isSearch) const;

    Desk &m_desk;
    InboxPane &m_inbox;
    SearchPane &m_search;
    const SearchReach &m_reach;
    QWidget *m_window;
};

} // namespace Earshot
