// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/secret.h"

#include <QDialog>
#include <QTimer>

class QLineEdit;
class QProgressBar;
class QPushButton;

namespace Earshot {

class PlainLabel;

/// Joins a shared workspace: where its server is and who one is there; then how far its first arrival is. Also logs a
/// device in again that knows its server.
class JoinDialog final : public QDialog
{
    Q_OBJECT

public:
    /// @param server where it is, as far as that is known
    /// @param isAgain this device knows its server; it is to be let in again
    JoinDialog(const QString &server, bool isAgain, QWidget *parent = nullptr);

    /// It did not work: says why; the person may try again.
    void showTrouble(const QString &sentence);
    /// It goes on by itself later: says why.
    void showWaiting(const QString &sentence);
    /// This device was let in; the keychain is to keep that, and may ask for its own password. @param isAsked until it
    /// has
    void showKeeping(bool isAsked);
    /// @param share of what is to come that is here, 0 to 1
    /// @param trouble why nothing comes at present; empty = it does
    void showProgress(double share, const QString &trouble);

Q_SIGNALS:
    void joinAsked(const QString &address, const QString &name, const Earshot::Secret &password);

protected:
    void hideEvent(QHideEvent *event) override;

private:
    void join();
    void setBusy(bool isBusy);
    void check();
    [[nodiscard]] bool isToken() const;

    QLineEdit *m_address;
    QLineEdit *m_name;
    QLineEdit *m_password;
    QProgressBar *m_progress;
    PlainLabel *m_state;
    QPushButton *m_join;
    const bool m_isAgain;
    bool m_isBusy = false;
    QTimer m_keeping; ///< until it is said what is waited for
};

} // namespace Earshot
