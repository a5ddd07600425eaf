// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/conversation/conversationreading.h"

#include <QUrl>
#include <QWidget>

class QMenu;
class QToolButton;

namespace Earshot {

class PlainLabel;

/// Who wrote, about what, and how the work stands, in words; the way to the contact's other conversations and to
/// the page on the network.
class ConversationHeader final : public QWidget
{
    Q_OBJECT

public:
    explicit ConversationHeader(QWidget *parent = nullptr);
    /// @param canAct whether anything may be done with what it names
    void show(const ConversationReading &reading, Time now, bool canAct);
    /// Who else is in it. @param isWriting one of them writes an answer
    void showOthers(const QString &sentence, bool isWriting);
    /// Whether the network may be asked for news.
    void setCanPull(bool canPull);
    /// Whether the server has not answered yet what it shows as done.
    void showAhead(bool isAhead);

Q_SIGNALS:
    void otherWanted(Earshot::ConversationId id);
    /// All of the contact, in its own window.
    void allWanted();
    /// This one and the contact's other unresolved ones are to be taken, or resolved, together.
    void claimAllWanted();
    void resolveAllWanted();
    /// This one only repeats that other one.
    void duplicateWanted(const Earshot::ConversationRecord &original);
    void pageWanted(const QUrl &url);
    void pullWanted();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void showOriginal(const std::optional<ConversationRecord> &original);
    void showOtherOnes(const ConversationReading &reading);
    void onOthers();
    [[nodiscard]] QString textOf(const ConversationRecord &other) const;
    [[nodiscard]] QString menuText(const ConversationRecord &other) const;
    void addDeeds(QMenu &menu);

    PlainLabel *m_name;
    PlainLabel *m_handle;
    PlainLabel *m_number;
    PlainLabel *m_subject;
    PlainLabel *m_state;
    PlainLabel *m_ahead;
    PlainLabel *m_company;
    bool m_isCompanyWriting = false;
    QToolButton *m_original; ///< leads to what this one only repeats
    QToolButton *m_others;
    QToolButton *m_pull;
    QToolButton *m_page;
    ConversationId m_repeats;
    QList<ConversationRecord> m_otherOnes;
    int m_unnamed = 0;            ///< further ones
    bool m_hasMoreOthers = false; ///< than these
    Network m_network = Network::feed;
    QUrl m_url;
    Time m_now;
    bool m_canAct = false;
};

} // namespace Earshot
