// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tests/ui/scriptedservice.h"
#include "tests/ui/windowworld.h"

#include <QString>

namespace Earshot {

/// Brings every screen of the desktop into every state on a small sample workspace, and photographs the whole display
/// at each: popups and window frames too. One run = one language, one appearance, one scale. It can also look at each
/// screen itself, for what the eye would have to search.
class Photographer final
{
public:
    /// What it looks for: what is clipped (for a language that is longer), or what takes strangers' names for markup
    /// (then everybody and everything in the workspace is named like that).
    enum class Look { none, forClipping, forMarkup };

    /// @param folder where the pictures go; empty = nowhere @param only pictures whose name holds this; empty = all
    /// @param look what is found is told on stderr, and counts as a picture that could not be made
    Photographer(const QString &folder, const QString &only, Look look = Look::none);
    /// @return how many pictures could not be made
    [[nodiscard]] int run();
    /// The few that tell a stranger what the program is. @return as run()
    [[nodiscard]] int runForReadme();

private:
    using Condition = std::function<bool()>;
    /// Waits for a state; false and a word on stderr when it does not come.
    bool until(const char *what, const Condition &condition);
    /// Takes a picture of what is shown, and looks at it itself, where that is wanted.
    void photograph(const QString &name);
    void takePicture(const QString &name);
    void lookAt(const QString &name);
    void press(const QString &keys);
    bool wanted(const QString &name) const { return m_only.isEmpty() || name.contains(m_only); }
    void open(const char *dialog, const QString &keysOrCommand);
    void close(const char *dialog);
    /// To the main window, when a dialog has ended.
    void goBack();
    void showMention();
    /// A name that somebody in the team gives to something.
    [[nodiscard]] QString named(const char *name) const;

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
    void rare();
    void bulk();
    void listError();
    void small();

    const QString m_folder;
    const QString m_only;
    const Look m_look;
    int m_number = 0;
    int m_failed = 0;
    std::unique_ptr<WindowWorld> m_world;
};

} // namespace Earshot
