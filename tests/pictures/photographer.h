// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tests/ui/scriptedservice.h"
#include "tests/ui/windowworld.h"

#include <QString>

namespace Earshot {

/// Brings every screen of the desktop into every state on a small sample workspace, and photographs the whole display
/// at each: popups and window frames too. One run = one language, one appearance, one scale.
class Photographer final
{
public:
    /// @param folder where the pictures go @param only pictures whose name holds this; empty = all
    Photographer(const QString &folder, const QString &only);
    /// @return how many pictures could not be made
    [[nodiscard]] int run();
    /// The few that tell a stranger what the program is. @return as run()
    [[nodiscard]] int runForReadme();

private:
    using Condition = std::function<bool()>;
    /// Waits for a state; false and a word on stderr when it does not come.
    bool until(const char *what, const Condition &condition);
    void photograph(const QString &name);
    void press(const QString &keys);
    bool wanted(const QString &name) const { return m_only.isEmpty() || name.contains(m_only); }
    void open(const char *dialog, const QString &keysOrCommand);
    void close(const char *dialog);
    void showMention();

    void start();
    void inbox();
    void conversation();
    void composer();
    void dialogs();
    void writing();
    void windows();
    void search();
    void manyRows();
    void lead();
    void connecting();
    void outbox();
    void troubles();
    void beginnings();

    QString m_folder;
    QString m_only;
    int m_number = 0;
    int m_failed = 0;
    std::unique_ptr<WindowWorld> m_world;
};

} // namespace Earshot
