// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/conversation/conversationreading.h"

#include <QUrl>
#include <QWidget>

class QToolButton;

namespace Earshot {

class PlainLabel;

/// Who wrote, about what, and how the work stands, in words; the way to the contact's other open conversations and to
/// the page on the network.
class ConversationHeader final : public QWidget
{
    Q_OBJECT

public:
    explicit ConversationHeader(QWidget *parent = nullptr);
    void show(const ConversationReading &reading, Time now);
    /// Who else is in it. @param isWriting one of them writes an answer
    void showOthers(const QString &sentence, bool isWriting);

Q_SIGNALS:
    void otherWanted(Earshot::ConversationId id);
    void pageWanted(const QUrl &url);
    void pullWanted();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void onOthers();

    PlainLabel *m_name;
    PlainLabel *m_handle;
    PlainLabel *m_number;
    PlainLabel *m_subject;
    PlainLabel *m_state;
    PlainLabel *m_company;
    bool m_isCompanyWriting = false;
    QToolButton *m_others;
    QToolButton *m_pull;
    QToolButton *m_page;
    QList<ConversationRecord> m_otherOnes;
    Network m_network = Network::feed;
    QUrl m_url;
    Time m_now;
};

} // namespace Earshot
