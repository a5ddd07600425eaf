// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/inbox/conversationlistmodel.h"

#include <QWidget>

#include <functional>
#include <optional>

class QStackedWidget;

namespace Earshot {

class BulkBar;
class CommandRegistry;
class ConversationTable;
class ListHeader;
class NoticeBar;
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
    /// The same list once more from its beginning. The current row stays that where it is still listed.
    void readAnew();
    void setTitle(const QString &title);
    /// How many are listed, where the roster does not know it.
    void setCount(std::optional<qint64> count);
    [[nodiscard]] QString title() const;
    /// What is pinned above the list.
    [[nodiscard]] NoticeBar &notices() const { return *m_notices; }
    [[nodiscard]] const ListQuery &query() const { return m_model.query(); }
    [[nodiscard]] ConversationListModel &model() { return m_model; }
    /// What takes the keyboard.
    [[nodiscard]] QWidget *list() const;
    /// Gives the keyboard to the list, or to what stands in its place until it is there.
    void takeFocus();

    /// Where else marking may point at: gives the conversation there, or nothing when the list is meant.
    void setMarkElsewhere(std::function<std::optional<ConversationRecord>()> elsewhere)
    {
        m_markElsewhere = std::move(elsewhere);
    }
    /// What commands work on: the marked rows, else the shown conversation. @param shown what the right pane shows
    [[nodiscard]] QList<ConversationRecord> targets(ConversationId shown,
                                                    int most = ConversationListModel::mostMarked) const;
    /// The same of conversations that were dragged from here: several are the marked ones.
    [[nodiscard]] QList<ConversationRecord> dragged(const QList<ConversationId> &ids) const;
    /// Past what has left the list: whoever wants to see that goes there with the arrow keys or the pointer.
    /// @param step 1 or -1
    void selectNext(int step);
    /// Makes a conversation the current row. @return whether it is listed here
    [[nodiscard]] bool select(ConversationId id);
    /// The person is through with these. Were they marked, no row is any more; was it the current row, what AfterDeed
    /// says comes. Else nothing: it was done elsewhere.
    void goOnFrom(const QList<ConversationId> &through);
    /// Whether this list stands in the middle of its window, and not another.
    [[nodiscard]] bool isShown() const { return isVisibleTo(parentWidget()); }
    /// What takes the keyboard while there is nothing to list.
    [[nodiscard]] QWidget *emptyPage() const;
    void clearCurrent();
    [[nodiscard]] bool hasCurrent() const { return m_current.isValid(); }
    [[nodiscard]] ConversationId current() const { return m_current; }
    /// While something is done with many: says how far it is, with a button to stop. @param isBeside as BulkBar has it
    void showProgress(int done, int total, bool isBeside);
    void endProgress();
    /// What is done with these needs no mark any more.
    void unmark(const QList<ConversationRecord> &records);
    /// Of those what is still listed, where the same list is shown and no others are marked.
    void markAgain(const QList<ConversationId> &ids);
    /// The rows that can be seen now.
    [[nodiscard]] QList<ConversationId> rowsOnScreen() const;
    void clearMarks() { m_model.unmarkAll(); }

Q_SIGNALS:
    /// The person moved to a conversation.
    void conversationChosen(Earshot::ConversationId id);
    /// Enter or a double click: the person wants to read it.
    void conversationOpened(Earshot::ConversationId id);
    /// A row was clicked, also the current one again.
    void rowClicked(Earshot::ConversationId id);
    void targetsChanged();
    /// Who cannot see the button was told what it says.
    void announced(const QString &text);
    /// Another list is shown.
    void shown();
    /// Scrolled, or rows came, went or moved.
    void rowsOnScreenChanged();
    void stopAsked();
    /// "Next" or "previous" while another list is shown here.
    void stepAsked(int step);
    /// More of the list could not be read. @param again tries it once more
    void pagingFailed(const QString &sentence, const std::function<void()> &again);
    /// The empty list's next step: a command's id.
    void commandAsked(const QString &id);

private:
    void connectHeader();
    void showWaiting();
    void showMarks();
    void nameChannels();
    void buildList(const Clock &clock);
    void onCurrentChanged(int row);
    void onArranged();
    void updateState();
    void showPage(QWidget *page);
    void updateCount();
    void setOrder(ListOrder order);
    void setGrouped(bool isGrouped);
    void showSorted(const ListQuery &query);
    void onReset();
    /// @return whether what went out of sight is there again; then it is the current row
    [[nodiscard]] bool takeLost();
    /// Else more is fetched by itself.
    [[nodiscard]] bool isAllHere() const;
    [[nodiscard]] ConversationRecord record(ConversationId id) const;
    void goOn();
    void leaveCurrent();
    /// @return whether the person is through with the current row, and no other stays
    bool leaveLast();
    /// The first from there that has not left the list; -1 = none is.
    [[nodiscard]] int stayingRow(int from, int step) const;
    void step(int step);
    void markByPointer(int row, bool isRange);
    void toggleMark();
    void extendMark(int step);

    Desk &m_desk;
    const Roster &m_roster;
    const CommandRegistry *m_commands = nullptr; ///< none = none were registered yet
    ConversationListModel m_model;
    ListHeader *m_header;
    NoticeBar *m_notices;
    QStackedWidget *m_stack;
    ConversationTable *m_table;
    StatePage *m_statePage;
    std::optional<qint64> m_count; ///< where the roster does not know it
    std::optional<qint64> m_total; ///< how many are in this view, where that is known
    QString m_step;                ///< what its button does: a command's id
    BulkBar *m_bulkBar;
    QTimer m_showLoading;
    std::function<std::optional<ConversationRecord>()> m_markElsewhere;
    std::optional<ListQuery> m_unmarkedIn; ///< the list of what unmark() took the marks off
    ListQuery m_shown;                     ///< as it was asked for, before it is sorted as the person wants it
    ConversationId m_current;
    ConversationId m_markedLast; ///< by the pointer
    ConversationId m_kept;       ///< stays the current row when the same list comes in another order
    ConversationId m_lost;       ///< was the current row as it went out of sight; none = the person moved on since
    ConversationId m_through;    ///< the current row: the person is through with it, and nothing came
    ConversationId m_resumeAt;   ///< where the arrow keys go on while no row is current
    bool m_isRearranging = false;
};

} // namespace Earshot
