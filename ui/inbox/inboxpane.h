// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/inbox/conversationlistmodel.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QPushButton;
class QStackedWidget;
class QTableView;

namespace Earshot {

class CommandRegistry;
class PlainLabel;
class Roster;
class StatePage;

/// The middle pane: one view's conversations, what to say when there are none, and a bar for marked rows. The current
/// row is what the right pane shows. Order is frozen while a row is current.
class InboxPane final : public QWidget
{
    Q_OBJECT

public:
    InboxPane(Desk &desk, const Roster &roster, QWidget *parent = nullptr);

    /// Moving in the list, marking: to be registered once.
    void addCommands(CommandRegistry &commands);
    void show(const ListQuery &query, const QString &title);
    [[nodiscard]] const ListQuery &query() const { return m_model.query(); }
    [[nodiscard]] ConversationListModel &model() { return m_model; }
    /// What takes the keyboard.
    [[nodiscard]] QWidget *list() const;
    /// Gives the keyboard to the list, or to what stands in its place until it is there.
    void takeFocus();

    /// What commands work on: the marked rows, else the shown conversation. @param shown what the right pane shows
    [[nodiscard]] QList<ConversationRecord> targets(ConversationId shown) const;
    /// Whether there are any, without making them.
    [[nodiscard]] bool hasTargets(ConversationId shown) const;
    void selectNext(int step);
    /// After something was done with the current row: the next one in the order that was seen.
    void goOn();
    void clearCurrent();
    void showProgress(int done, int total);
    void clearMarks() { m_model.markAllRead(false); }

Q_SIGNALS:
    /// The person moved to a conversation.
    void conversationChosen(Earshot::ConversationId id);
    /// Enter or a double click: the person wants to read it.
    void conversationOpened(Earshot::ConversationId id);
    void targetsChanged();
    void stopAsked();
    /// The empty list's next step: a command's id.
    void commandAsked(const QString &id);

private:
    void buildHeader(const Roster &roster);
    void buildList(const Clock &clock);
    void buildBulkBar();
    void onCurrentChanged(int row);
    void onArranged();
    void updateState();
    void showPage(QWidget *page);
    void updateHeader();
    void updateBulkBar();
    void toggleMark();
    void extendMark(int step);

    Desk &m_desk;
    const Roster &m_roster;
    ConversationListModel m_model;
    PlainLabel *m_title;
    PlainLabel *m_count;
    QComboBox *m_order;
    QPushButton *m_newOnes;
    QStackedWidget *m_stack;
    QTableView *m_table;
    StatePage *m_statePage;
    QWidget *m_bulkBar;
    QLabel *m_bulkText;
    QPushButton *m_bulkClear;
    QPushButton *m_bulkStop;
    QTimer m_showLoading;
    ConversationId m_current;
    bool m_isRearranging = false;
};

} // namespace Earshot
