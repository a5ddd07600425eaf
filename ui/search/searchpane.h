// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/search/searchmodel.h"

#include <QWidget>

class QListView;
class QStackedWidget;

namespace Earshot {

class ChoiceBar;
class PlainLabel;
class SearchReach;
class StatePage;

/// The search's answers in the middle of the window: excerpts with what matched in bold. Never shown before an answer
/// came; says so when nothing was found.
class SearchPane final : public QWidget
{
    Q_OBJECT

public:
    SearchPane(Desk &desk, const SearchReach &reach, const CommandRegistry &commands, QWidget *parent = nullptr);

    void setText(const QString &text, bool isTyping);
    /// The field's Down key: into the answers.
    void enterList();
    /// Opens the row that a person went to, else the first message found, as soon as the search has its answer. No
    /// command runs that was not gone to: a word that one looks for is the name of one ("spam").
    void activateFirst();
    /// To the next or previous message found.
    void step(int step);
    /// The person is through with these: was it the hit's conversation, the next one comes, if that is chosen.
    void goOnFrom(const QList<ConversationId> &through);
    [[nodiscard]] QWidget *list() const;
    [[nodiscard]] SearchModel &model() { return m_model; }

Q_SIGNALS:
    /// @param words what was searched for, to be marked there
    void hitChosen(Earshot::ConversationId id, Earshot::MessageId message, const QStringList &words);
    void conversationOpened(Earshot::ConversationId id);
    void commandChosen(const QString &id);

private:
    void updateState();
    void updateReach();
    void showTrouble();
    void showAllowed();
    void openFirst();
    void choose(const QModelIndex &index, bool isOpening);

    SearchModel m_model;
    const SearchReach &m_reach;
    PlainLabel *m_title;
    PlainLabel *m_allowed; ///< what is understood, where something is not
    PlainLabel *m_reachLabel;
    ChoiceBar *m_trouble; ///< a search that failed while something is listed
    QStackedWidget *m_stack;
    QListView *m_list;
    StatePage *m_statePage;
    bool m_opensFirst = false; ///< when the answer is there
};

} // namespace Earshot
