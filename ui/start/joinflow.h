// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "replica/joining.h"

#include <QObject>

#include <functional>
#include <memory>
#include <vector>

namespace Earshot {

class JoinDialog;
class Keyring;

/// A person joins a shared workspace, or logs in there again: the dialog, and what it asks for.
class JoinFlow final : public QObject
{
    Q_OBJECT

public:
    /// Where the replica of the server with that address, as it was typed, is to lie.
    using FileFor = std::function<QString(const QString &address)>;

    JoinFlow(Keyring &keyring, const Clock &clock, FileFor fileFor);
    ~JoinFlow() override;

    /// Shows the dialog. @param server as far as it is known @param isAgain this device is to be let in again
    void ask(const QString &server, bool isAgain);
    [[nodiscard]] bool isAsking() const { return m_dialog != nullptr; }
    void hide();
    // As the dialog's.
    void showTrouble(const QString &sentence);
    void showProgress(double share, const QString &trouble);
    /// What the server made meanwhile is taken back there.
    /// @param isOut the program ends with it @return false: there is nothing; else leftServer() follows
    [[nodiscard]] bool takeBack(bool isOut);

Q_SIGNALS:
    void joined(const Earshot::Secret &token);
    /// The person closed the dialog.
    void givenUp();
    /// @param isLeft the server was not reached and still knows this device
    /// @param isOut as takeBack() was told
    void leftServer(bool isLeft, bool isOut);

private:
    void join(const QString &address, const QString &name, const Secret &password);

    Keyring &m_keyring;
    const Clock &m_clock;
    const FileFor m_fileFor;
    std::unique_ptr<JoinDialog> m_dialog;
    std::unique_ptr<Joining> m_joining;
    std::vector<std::unique_ptr<Joining>> m_takenBack; ///< they end at their server
};

} // namespace Earshot
