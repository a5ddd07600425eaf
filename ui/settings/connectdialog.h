// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "desk/channelservice.h"
#include "desk/desk.h"

#include <QDialog>

class QFormLayout;
class QLineEdit;
class QListWidget;
class QPushButton;
class QSpinBox;
class QStackedWidget;

namespace Earshot {

class LatestItems;
class PlainLabel;
class SignInPanel;
class WorkSince;

/// "Paste an address": asks what lives there, lets a person choose, asks for what it needs, shows the latest items as
/// proof and connects it. Deletes itself when closed.
class ConnectDialog final : public QDialog
{
    Q_OBJECT

public:
    /// @param connected what is connected already: neither it nor what delivers the same can be chosen
    ConnectDialog(Desk &desk, ChannelService &channels, const QList<ChannelRecord> &connected,
                  QWidget *parent = nullptr);

Q_SIGNALS:
    /// A channel was added; its first pull begins by itself.
    void connected(Earshot::ChannelId channel, const QString &name);

public:
    /// What is being connected is removed again as soon as it is there.
    void reject() override;

private:
    [[nodiscard]] QWidget *addressPage();
    [[nodiscard]] QWidget *foundPage();
    [[nodiscard]] QWidget *detailsPage();
    void discover();
    void showFindings(const QList<Finding> &findings);
    /// Why a finding is not to be connected, for people; empty = it may be.
    [[nodiscard]] QString objection(const Finding &finding) const;
    void chooseFinding();
    /// As what is typed reads them.
    void readLatest();
    [[nodiscard]] NewChannel wish() const;
    void add();
    static void takeBack(Desk &desk, ChannelService &service, ChannelId id, const QString &where, const QString &name);
    void onAdded(const Result<ChannelId> &id, const QString &name);
    void goBack();
    void goOn();
    void setBusy(const QString &what);
    void setTrouble(const QString &text);
    void updateButtons();

    Desk &m_desk;
    ChannelService &m_channels;
    const Clock &m_clock;
    QList<ChannelRecord> m_connected;
    QList<Finding> m_findings;
    Finding m_chosen;
    quint64 m_asked = 0;
    bool m_isBusy = false;
    bool m_isAdding = false;
    bool m_isGivenUp = false;
    QStackedWidget *m_pages;
    QLineEdit *m_address;
    QListWidget *m_found;
    PlainLabel *m_foundFor;
    PlainLabel *m_question;
    PlainLabel *m_what;
    QFormLayout *m_form;
    QLineEdit *m_name;
    SignInPanel *m_signIn;
    QSpinBox *m_days;
    WorkSince *m_work;
    LatestItems *m_latest;
    PlainLabel *m_state;
    QPushButton *m_back;
    QPushButton *m_next;
};

} // namespace Earshot
