// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/start/deskwindow.h"
#include "ui/start/erasures.h"
#include "ui/start/joinflow.h"
#include "ui/start/keyring.h"
#include "ui/start/partingflow.h"

#include <optional>

namespace Earshot {

class NewFormDialog;
class SingleInstance;
class WelcomeDialog;
struct Wishes;

/// One run of the desktop: from its arguments to its window and back. Decides what comes next; the rest of the room
/// does it.
class Program final : public QObject
{
    Q_OBJECT

public:
    /// @param secrets instead of those that the wishes name
    explicit Program(Appearance &appearance, std::unique_ptr<SecretStore> secrets = {});
    ~Program() override;

    void start(const Wishes &wishes);

Q_SIGNALS:
    /// There is nothing more to do. May come from start().
    void ended(int exitCode);

private:
    [[nodiscard]] bool isOnlyOne();
    void begin(const Wishes &wishes);
    [[nodiscard]] bool isToBeOpened(const QString &server);
    void welcome();
    void create(const QString &name);
    void openKnown(const QString &file);
    void openSample();

    void open();
    void onNewForm();
    void openInNewForm();
    void openHere();
    /// @param token nothing = the keychain is being asked for it
    void openReplica(const std::optional<Secret> &token);
    void keepAuthorities();
    void showWindow(const QString &title, Time heardUntil = {});
    void openElsewhere(const QString &file, bool isForReading);
    void startAgain(const QStringList &arguments, const QString &token);
    void close();

    void followJoining();
    void onJoined(const Secret &token);
    void giveUpJoining();

    void closeWindow();
    void closeReplica();
    void part(Parting parting);
    void eraseAsTold(const QString &why);
    void erase(const QString &said);
    void sayGoodbye(const QString &said);
    void giveUp(const QString &why);

    Appearance &m_appearance;
    SystemClock m_clock;
    Keyring m_keyring;
    QString m_file;
    QString m_agent;
    bool m_isNameOpen = false; ///< m_file is only a proposal
    bool m_isNew = false;      ///< it was made by this process
    bool m_isForReading = false;
    QByteArray m_authorities; ///< of --ca-file
    QString m_note;           ///< for the window when it is there
    QString m_name;           ///< of a replica: its server's
    Time m_asOf;              ///< the same: when everything was here
    QString m_whyReadOnly;    ///< this file cannot be written to, or is not to be
    QString m_whyErased;      ///< what is told when it is
    std::unique_ptr<SingleInstance> m_instance;
    std::unique_ptr<WelcomeDialog> m_welcome;
    std::unique_ptr<NewFormDialog> m_newForm; ///< while the file is brought there
    std::unique_ptr<Workspace> m_read;        ///< of an older version, until it is shown
    std::unique_ptr<OpenDesk> m_session;
    ReplicaSession *m_replica = nullptr; ///< the session, where it is of a shared workspace
    JoinFlow m_join;
    PartingFlow m_parting;
    Erasures m_erasures;
    std::unique_ptr<DeskWindow> m_window; ///< goes before the session that it reads
};

} // namespace Earshot
