// SPDX-License-Identifier: BSL-1.0
// What can be wrong with a ledger file, in words for the person who is called at night: which file,
// what is wrong, what to do.
#pragma once

#include <shearpin/store.hpp>

#include <cerrno>

namespace shearpin::inline v1::detail {

/// Something that is wrong, and what to do about it. Texts that live for ever.
struct file_fault {
    const char* what = nullptr;  ///< null: nothing is wrong
    const char* remedy = "";
    long error = 0;  ///< what the system said, negative; 0 where it said nothing

    constexpr explicit operator bool() const noexcept { return what != nullptr; }
};

constexpr text_view error_name(long error) noexcept {
    switch (-error) {
        case EACCES:
            return "permission denied";
        case EPERM:
            return "not permitted";
        case ENOENT:
            return "no such file or folder";
        case ENOTDIR:
            return "part of the path is not a folder";
        case EISDIR:
            return "it is a folder";
        case EIO:
            return "input/output error";
        case ENOSPC:
            return "no space left on the device";
        case EDQUOT:
            return "disk quota exceeded";
        case EROFS:
            return "the file system is read-only";
        case EINTR:
            return "interrupted by signals again and again";
        case EMFILE:
        case ENFILE:
            return "too many open files";
        case ENOLCK:
            return "no locks available";
        case EFBIG:
            return "above the limit for the size of a file";
        case ELOOP:
            return "too many symbolic links";
        case ENAMETOOLONG:
            return "the path is too long";
        case EBADF:
            return "its descriptor was closed by other code";
        default:
            return "";
    }
}

/// Where the path is long, its end: that is where files differ.
inline void put_path(writer& out, text_view path) noexcept {
    constexpr std::size_t most = 80;
    if (path.size() <= most)
        out.put(path);
    else
        out.put("...").put(text_view(path.end() - (most - 3), most - 3));
}

inline store_trouble describe(text_view path, const file_fault& fault) noexcept {
    store_trouble text;
    text.write([&](writer& out) {
        out.put("ledger file ");
        put_path(out, path);
        out.put(" ").put(fault.what);
        if (fault.error < 0) {
            const text_view name = error_name(fault.error);
            out.put(" (");
            if (name.empty())
                out.put("error ").put(static_cast<std::uint64_t>(-fault.error));
            else
                out.put(name);
            out.put(")");
        }
        out.put(". ").put(fault.remedy);
    });
    return text;
}

// What to do, where several faults have the same answer.
inline constexpr const char* look_at_the_disk =
    "It was left as it is. Look at the disk and the kernel's log.";
inline constexpr const char* know_what_went =
    "It was left as it is. Find out what was removed lately before you create it anew: "
    "a new ledger has forgotten it.";

namespace file_faults {

constexpr file_fault missing{
    "is not there",
    "If it never was, make it with file_store::create. If it was, find out what was removed "
    "lately: a new ledger has forgotten it."};
constexpr file_fault exists{"is already there",
                            "Open it with file_store::open; it was left as it is."};
constexpr file_fault not_regular{"is not a regular file",
                                 "Give the path of a file on a local file system."};
constexpr file_fault gone{"was deleted or renamed while in use",
                          "Put it back where it was, or find out what was removed lately before "
                          "you create it anew."};
constexpr file_fault replaced{"was replaced by another file while in use",
                              "Find out by whom. If the new one is right, start this program "
                              "again."};
constexpr file_fault other_length{"is cut off, or longer than it was made", know_what_went};
constexpr file_fault foreign{"is not a ledger of Shearpin, or is cut off",
                             "It was left as it is. Is this the right path?"};
constexpr file_fault empty{
    "holds nothing: its creation goes on right now or was cut short, or it was emptied",
    "If nobody is creating it, find out what was removed lately, and create it anew."};
constexpr file_fault bad_header{"is damaged in its header", know_what_went};
constexpr file_fault newer_format{"has a format that this program does not know",
                                  "It was left as it is. Use a program as new as the one that "
                                  "made it."};
constexpr file_fault no_document{"is damaged: neither of its documents is whole", know_what_went};
constexpr file_fault lost_newest{"is damaged: its newest document is lost", know_what_went};
constexpr file_fault older_than_seen{
    "is older than what this program saw in it: was a backup put back",
    "Find out what was removed since. If it is right as it is, start this program again."};
constexpr file_fault too_long{"takes no document that is longer than 1 MiB",
                              "It was left as it is. Keep less history, or several ledgers."};

constexpr file_fault not_openable(long error) noexcept {
    return {"cannot be opened", "This program needs the right to read and to write it.", error};
}
constexpr file_fault not_creatable(long error) noexcept {
    return {"cannot be created",
            "This program needs the right to write there, and about 2 MiB of space.", error};
}
constexpr file_fault not_lockable(long error) noexcept {
    return {"cannot be locked", "Is it on a local file system?", error};
}
constexpr file_fault not_readable(long error) noexcept {
    return {"cannot be read", look_at_the_disk, error};
}
constexpr file_fault not_writable(long error) noexcept {
    return {"cannot be written", "Is the disk full, or failing? Look at the kernel's log.", error};
}
constexpr file_fault not_synced(long error) noexcept {
    return {"cannot be synced to its disk, twice",
            "Nothing read from it counts until it can. Look at the disk and the kernel's log.",
            error};
}

}  // namespace file_faults

}  // namespace shearpin::inline v1::detail
