// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "desk/channelservice.h"

#include <QWidget>

class QFormLayout;
class QLineEdit;
class QPushButton;

namespace Earshot {

class PlainLabel;

/// Asks for what an address needs to be read and answered: a user name, an application password, a token, or signing in
/// through the browser. Shows only what is needed. What is typed leaves by secret() alone.
class SignInPanel final : public QWidget
{
    Q_OBJECT

public:
    explicit SignInPanel(ChannelService &channels, QWidget *parent = nullptr);
    ~SignInPanel() override;

    void show(const Finding &finding);
    [[nodiscard]] QString user() const;
    [[nodiscard]] Secret secret() const;
    /// Whether everything needed is there.
    [[nodiscard]] bool isComplete() const;
    /// A sign-in by browser that is under way ends; what was typed, and what the browser gave before, stays.
    void stopWaiting();
    /// For fields that stand above it or below.
    [[nodiscard]] QFormLayout *form() const { return m_form; }

Q_SIGNALS:
    void changed();
    /// Everything needed is there, and nobody is typing: the browser came back, or a field was left. After changed();
    /// once for the same.
    void settled();

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void clear();
    void signIn();
    void onPageReady(const QUrl &page);
    void setSigningIn(bool isSigningIn);
    void settle();
    void say(const QString &text);
    void keepRoom();

    ChannelService &m_channels;
    Finding m_finding;
    Secret m_fromBrowser;
    QString m_settledUser;
    Secret m_settled;
    QFormLayout *m_form;
    QLineEdit *m_user;
    QLineEdit *m_password;
    QPushButton *m_browser;
    QLineEdit *m_page;
    PlainLabel *m_state;
    bool m_isSigningIn = false;
};

} // namespace Earshot
